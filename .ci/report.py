"""Reads what go test -json wrote and says what matters: report.py EVENTS COUNTS CHECKLIST...

Prints the output of each test and package that failed and the name of each test that was skipped, and writes "N passed, N failed, N skipped" to
COUNTS. The status is 1 if anything failed or was skipped, or if nothing ran: a test that does not run proves nothing. The same goes for a test
that a checklist names (go test MODULE/PACKAGE -run 'TEST') and that did not pass here.
"""
import collections
import json
import re
import sys

events, counts, *checklists = sys.argv[1:]
output = collections.defaultdict(list)
number = collections.Counter()
broken = []
passed = set()

with open(events, encoding="utf-8") as lines:
    for line in lines:
        if not line.startswith("{"):
            print(line, end="")
            continue
        event = json.loads(line)
        action = event["Action"]
        where = (event.get("Package") or event.get("ImportPath"), event.get("Test"))
        if action in ("output", "build-output"):
            output[where].append(event["Output"])
        elif action in ("fail", "build-fail"):
            broken.append(where)
            print("".join(output[where]), end="")
        if where[1] and action in ("pass", "fail", "skip"):
            number[action] += 1
            if action == "pass":
                passed.add(where)
            if action == "skip":
                print("skipped:", *where)
                print("".join(output[where]), end="")

named = set()
for path in checklists:
    with open(path, encoding="utf-8") as text:
        named.update(re.findall(r"go test (\S+) -run '([^']*)'", text.read()))
absent = sorted(named - passed)
for package, test in absent:
    print(f"a checklist names a test that did not pass: {package} {test}")

# A package can fail with no test to blame: it does not build, or it panics or exits on its own.
failed = max(number["fail"], 1 if broken else 0)
with open(counts, "w", encoding="utf-8") as out:
    print(f"{number['pass']} passed, {failed} failed, {number['skip']} skipped", file=out)
sys.exit(1 if broken or absent or number["skip"] or not number["pass"] else 0)
