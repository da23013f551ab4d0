#!/usr/bin/env python3
"""Write the fixed lists in domain/src/lists/*.tsv from maintained packages.

    scripts/make-lists.py COUNTRIES PHONES [ISO]

COUNTRIES  folder of the unpacked npm package i18n-iso-countries   (npm pack i18n-iso-countries && tar xzf *.tgz)
PHONES     folder of the unpacked PyPI package phonenumbers        (pip download --no-deps phonenumbers && unzip *.whl)
ISO        where Debian's package iso-codes lies, /usr/share by default

Only facts are taken over: codes, names, calling codes. Same packages, same bytes.
"""
import gettext, json, pathlib, re, subprocess, sys

STATES = "DE AT CH LI LU FR IT NL BE DK PL CZ GB US ES SE".split()
LOCAL = "fr it nl es pl cs da sv".split()
MOBILE = {"DE": 5, "AT": 5, "CH": 4}  # digits of calling code and mobile prefix together
# What people write and no list names: country letters of a German address, older and everyday names.
COUNTRY_ALIASES = {"DE": ["D", "BRD", "Bundesrepublik Deutschland"], "AT": ["A"], "CH": ["Confoederatio Helvetica"], "LI": ["FL"],
                   "LU": ["L"], "FR": ["F"], "IT": ["I"], "BE": ["B"], "GB": ["England"], "NL": ["Holland"], "US": ["Amerika"]}
STATE_ALIASES = {"CH-SG": ["St. Gallen"], "CH-FR": ["Fribourg"], "CH-VS": ["Valais"], "CH-BL": ["Baselland", "Basel-Land"], "CH-GR": ["Grisons", "Grigioni"],
                 "CH-BE": ["Berne"], "DE-NW": ["NRW"], "DE-MV": ["Mecklenburg Vorpommern"], "DE-BW": ["BaWü"],
                 "DE-BY": ["Freistaat Bayern"], "DE-SN": ["Freistaat Sachsen"], "DE-TH": ["Freistaat Thüringen"]}

HERE = pathlib.Path(__file__).resolve().parent.parent / "domain" / "src" / "lists"


def write(name, source, columns, rows):
    lines = [f"# {source}", "# Written by scripts/make-lists.py; change that, not this.", "# " + "\t".join(columns)]
    lines += ["\t".join(r) for r in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(rows))


def others(names, *shown):
    seen, out = {s.casefold() for s in shown}, []
    for n in names:
        if n and n.casefold() not in seen:
            seen.add(n.casefold())
            out.append(n)
    return "|".join(out)


def main():
    countries, phones = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    share = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else "/usr/share")
    sys.path.insert(0, str(phones))
    import phonenumbers
    from phonenumbers.carrierdata import CARRIER_DATA

    iso = lambda part: json.loads((share / f"iso-codes/json/iso_{part}.json").read_text())[part]
    def words(part, lang):
        with open(share / f"locale/{lang}/LC_MESSAGES/iso_{part}.mo", "rb") as f:
            return gettext.GNUTranslations(f).gettext
    version = json.loads((countries / "package.json").read_text())["version"]
    debian = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "iso-codes"], capture_output=True, text=True).stdout or "unknown"

    listed = {lang: json.loads((countries / f"langs/{lang}.json").read_text())["countries"] for lang in ["de", "en", *LOCAL]}
    as_list = lambda v: [v] if isinstance(v, str) else v
    count = {}
    for lang in ("de", "en"):
        for names in listed[lang].values():
            for n in as_list(names):
                count[lang, n] = count.get((lang, n), 0) + 1

    def label(lang, code):  # the short everyday name, but none that two countries share
        names = as_list(listed[lang][code])
        short = [n for n in names if len(n) > 3 and "." not in n and count[lang, n] == 1]
        return names[0] if code == "GB" or not short else min(short, key=len)

    official, german = {c["alpha_2"]: c for c in iso("3166-1")}, words("3166-1", "de")
    rows = []
    for iso2, iso3, *_ in json.loads((countries / "codes.json").read_text()):
        if iso2 not in listed["de"] or iso2 not in listed["en"]:
            continue
        de, en = label("de", iso2), label("en", iso2)
        names = as_list(listed["de"][iso2]) + as_list(listed["en"][iso2])
        names = [n for n in names if count.get(("de", n), 0) <= 1 and count.get(("en", n), 0) <= 1]
        for key in ("name", "common_name", "official_name"):
            if n := official.get(iso2, {}).get(key):
                names += [n, german(n)]
        for lang in LOCAL:
            names += as_list(listed[lang].get(iso2, []))
        names += COUNTRY_ALIASES.get(iso2, [])
        calling = phonenumbers.country_code_for_region(iso2)
        rows.append([iso2, iso3, str(calling or ""), de, en, others(names, de, en)])
    rows.sort()
    write("countries.tsv", f"npm i18n-iso-countries {version} (names), PyPI phonenumbers {phonenumbers.__version__} (calling codes), Debian iso-codes {debian} (official names)",
          ["code", "code of 3", "calling code", "German", "English", "other names"], rows)

    parts = {c: [s for s in iso("3166-2") if s["code"].startswith(c + "-")] for c in STATES}
    translate = {lang: words("3166-2", lang) for lang in ["de", "en", *LOCAL]}
    rows = []
    for country in STATES:
        shown = set()
        # Whole states before their provinces: where both bear one name, the state is meant.
        for s in sorted(parts[country], key=lambda s: (bool(s.get("parent")), s["code"])):
            de, en = translate["de"](s["name"]), translate["en"](s["name"])
            if de in shown or en in shown:  # a province called like its state
                de, en = (f"{n} ({s['code'].split('-')[1]})" for n in (de, en))
            shown |= {de, en}
            names = [s["name"]] + [translate[lang](s["name"]) for lang in LOCAL] + STATE_ALIASES.get(s["code"], [])
            names += [half.strip() for half in s["name"].split("/")] if "/" in s["name"] else []
            rows.append([s["code"], de, en, others(names, de, en)])
    write("states.tsv", f"Debian iso-codes {debian}: ISO 3166-2 with the translations of the same package", ["code", "German", "English", "other names"], rows)

    rows = []
    for country, digits in MOBILE.items():
        calling = str(phonenumbers.country_code_for_region(country))
        for prefix in sorted({k[:digits] for k in CARRIER_DATA if k.startswith(calling)}):
            rows.append([country, calling, prefix[len(calling):]])
    write("mobile_prefixes.tsv", f"PyPI phonenumbers {phonenumbers.__version__}: carrier data of Google's libphonenumber", ["country", "calling code", "prefix"], rows)

    # "Greek, Modern (1453-)" is kept as another name; shown is "Modern Greek".
    plain = lambda n: " ".join(reversed(re.sub(r" \(.*\)$", "", n.strip()).split(", ")))
    german = words("639-2", "de")
    rows = []
    for l in sorted(iso("639-2"), key=lambda l: l.get("alpha_2", "")):
        if "alpha_2" in l:
            de, en = (plain(n.split(";")[0]) for n in (german(l["name"]), l["name"]))
            if any(r[1] == de for r in rows):  # one German name for two languages
                de = en
            names = [l["alpha_3"], l.get("bibliographic", ""), l.get("common_name", "")] + [n.strip() for n in (german(l["name"]) + ";" + l["name"]).split(";")]
            rows.append([l["alpha_2"], de, en, others(names, de, en)])
    rows.sort()
    write("languages.tsv", f"Debian iso-codes {debian}: ISO 639-1 with the translations of the same package", ["code", "German", "English", "other names"], rows)


if __name__ == "__main__":
    main()
