/* Prints what ICU knows and the Unicode Character Database files do not hold, as Debian's libicu72 ships it:
   "allowed", the code points of Identifier_Status Allowed as ranges in hexadecimal, one a line;
   "confusables", the compiled table confusables.cfu as it stands, on standard output. */
#include <stdio.h>
#include <string.h>
#include <unicode/udata.h>
#include <unicode/uset.h>
#include <unicode/uspoof.h>

int main(int argc, char **argv) {
  UErrorCode status = U_ZERO_ERROR;
  if (argc == 2 && strcmp(argv[1], "allowed") == 0) {
    USet *set = uset_cloneAsThawed(uspoof_getRecommendedSet(&status));
    uset_addAll(set, uspoof_getInclusionSet(&status));
    for (int32_t i = 0; i < uset_getItemCount(set); i++) {
      UChar32 lo, hi;
      if (uset_getItem(set, i, &lo, &hi, NULL, 0, &status) == 0) printf("%X %X\n", (unsigned)lo, (unsigned)hi);
    }
    uset_close(set);
  } else if (argc == 2 && strcmp(argv[1], "confusables") == 0) {
    UDataMemory *data = udata_open(NULL, "cfu", "confusables", &status);
    if (U_SUCCESS(status)) {
      const int32_t *head = udata_getMemory(data); /* magic, format version, length in bytes, ... */
      fwrite(head, 1, (size_t)head[2], stdout);
      udata_close(data);
    }
  } else {
    fputs("usage: icu allowed|confusables\n", stderr);
    return 2;
  }
  if (U_FAILURE(status)) fprintf(stderr, "icu: %s\n", u_errorName(status));
  return U_FAILURE(status) ? 1 : 0;
}
