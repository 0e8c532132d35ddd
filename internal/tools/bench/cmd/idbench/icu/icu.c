/* Times ICU's mapping of one name for identifiers: icu fold|skeleton NAME, where NAME is UTF-8. It prints nanoseconds for one call, conversion from and to
   UTF-8 included, as a Go service would have to pay for it. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
  USpoofChecker *spoof = uspoof_open(&status);
  int skeleton = strcmp(argv[1], "skeleton") == 0;
  UChar in[1024], out[4096];
  char text[8192];
  int32_t n = 0, m = 0, k = 0;
  long rounds = 0;
  double begin = now(), passed = 0;
  do {
    for (int i = 0; i < 1000 && U_SUCCESS(status); i++, rounds++) {
      u_strFromUTF8(in, 1024, &n, argv[2], -1, &status);
      if (skeleton)
        m = uspoof_getSkeleton(spoof, 0, in, n, out, 4096, &status);
      else
        m = unorm2_normalize(fold, in, n, out, 4096, &status);
      u_strToUTF8(text, 8192, &k, out, m, &status);
    }
    passed = now() - begin;
  } while (passed < 50e6 && U_SUCCESS(status));
  uspoof_close(spoof);
  if (U_FAILURE(status)) {
    fprintf(stderr, "icu: %s\n", u_errorName(status));
    return 1;
  }
  printf("%.1f\n", passed / (double)rounds);
  return 0;
}
