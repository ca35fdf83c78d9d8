# SPDX-License-Identifier: Apache-2.0
"""Turns the results of ops/bench, one JSON object a line, into the tables of P1 to P6, P8,
P10 to P12 and the curves."""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What is compared with what, and when the comparison is good."""

    title: str
    rivals: tuple[str, ...]  # The last one is the strictest.
    field: str
    unit: str
    target: float
    asked: float  # What must hold today, on the way to the target.
    shapes: tuple[tuple[int, int], ...]  # Those the target is for; others are shown for the reader.
    is_at_least: bool = True

    def holds(self, ratio, bar):
        return ratio >= bar if self.is_at_least else ratio <= bar

    def worst(self, rows):
        pick = min if self.is_at_least else max
        return pick(rows, key=lambda row: row["ratio"])


MANY = (6, 256)
FIGURES = {
    "P1": Figure("durable publish ÷ the bare limit (CURVE, append, one fdatasync a batch, acknowledge)",
                 ("bare", "bare-batch"), "reports_per_second", "reports/s", 0.3, 0.3, (MANY,)),
    "P2": Figure("durable publish ÷ Redis Streams, appendfsync always (plain, no validation)",
                 ("redis",), "reports_per_second", "reports/s", 1.0, 0.5, (MANY, (6, 16), (6, 1))),
    "P3": Figure("durable publish ÷ NATS JetStream as packaged (plain, acknowledges before it syncs)",
                 ("nats",), "reports_per_second", "reports/s", 1.0, 1.0, (MANY,)),
    "P4": Figure("publish → ack latency p50, one in flight ÷ write + fdatasync of the same bytes",
                 ("disk",), "p50_us", "µs", 3.5, 3.5, ((1, 1),), is_at_least=False),
}
ORDER = ["muster", "bare", "bare-batch", "redis", "nats", "disk"]


@dataclass(frozen=True)
class Question:
    """What is asked of Muster and of PostgreSQL, and how much faster Muster is to be."""

    title: str
    target: float
    p99_ms_max: float | None = None


QUESTIONS = {
    "P5": Question("combined strength by three keys, at the client: PostgreSQL ÷ Muster", 20, 5),
    "P6": Question("the same as of a past instant: PostgreSQL ÷ Muster", 5),
}


PACKAGE_TARGET = 1.2  # P10: at most.


def read_results(path):
    """Results of P1 to P4 by (rival, shape, bytes), of the other figures by (figure, rival), and in each by
    repetition; the points of the curves in order."""
    loads, answers, points = defaultdict(dict), defaultdict(dict), []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if "curve" in one:
                points.append(one)
            elif "figure" in one:
                answers[one["figure"], one["rival"]][one["run"]] = one
            else:
                loads[one["rival"], (one["publishers"], one["window"]), one["bytes"]][one["run"]] = one
    return loads, answers, points


def spread(values, digits=0):
    """A median with its range: "85,000 (80,000–91,000)"."""
    low, mid, high = (f"{v:,.{digits}f}" for v in (min(values), median(values), max(values)))
    return mid if len(values) == 1 else f"{mid} ({low}–{high})"


def name_of(shape):
    return f"{shape[0]}×{shape[1]}"


def compare(figure, results, rival, shape, size):
    """One row: ours beside theirs. None if either was not measured."""
    ours, theirs = results.get(("muster", shape, size)), results.get((rival, shape, size))
    if not ours or not theirs:
        return None
    # Neighbours in time are compared for the range, medians for the ratio itself.
    pairs = [ours[r][figure.field] / theirs[r][figure.field] for r in ours.keys() & theirs.keys()]
    our_values = [one[figure.field] for one in ours.values()]
    their_values = [one[figure.field] for one in theirs.values()]
    ratio = median(our_values) / median(their_values)
    return {"shape": name_of(shape), "bytes": size, "rival": rival, "ratio": ratio,
            "ratio_range": [min(pairs), max(pairs)] if pairs else [ratio, ratio],
            "ours": median(our_values), "against": median(their_values),
            "our_values": our_values, "their_values": their_values,
            "counts": shape in figure.shapes, "runs": min(len(ours), len(theirs))}


def rows_of(figure, results):
    cells = sorted({(shape, size) for _, shape, size in results}, key=lambda c: (-c[0][0], -c[0][1], c[1]))
    if not figure.is_at_least:
        cells = [cell for cell in cells if cell[0] in figure.shapes]
    rows = [compare(figure, results, rival, *cell) for cell in cells for rival in figure.rivals]
    return [row for row in rows if row]


def verdict_of(figure, row):
    if not row["counts"]:
        return "for the reader"
    if figure.holds(row["ratio"], figure.target):
        return "✔"
    return "✔ as asked now" if figure.holds(row["ratio"], figure.asked) else "✖"


def print_table(heads, rows):
    table = [heads, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(heads))]
    for row in table:
        cells = [c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells).rstrip())


def print_figure(key, figure, rows):
    sign = "≥" if figure.is_at_least else "≤"
    asked = f", asked now {sign} {figure.asked}" if figure.asked != figure.target else ""
    print(f"\n{key}  {figure.title}; target {sign} {figure.target}{asked}")
    if not rows:
        print("  not measured: it needs both bench_muster and its rival")
        return
    low_high = "{0[0]:.2f}–{0[1]:.2f}"
    print_table(
        ["shape", "bytes", "rival", f"ours, {figure.unit}", f"theirs, {figure.unit}", "ratio", "range", ""],
        [[row["shape"], str(row["bytes"]), row["rival"], spread(row["our_values"]),
          spread(row["their_values"]), f"{row['ratio']:.2f}", low_high.format(row["ratio_range"]),
          verdict_of(figure, row)] for row in rows])


def per_million(runs, field):
    values = [one[field] / one["reports"] * 1e6 for one in runs if field in one]
    return f"{median(values):.2f}" if values else "–"


def median_of(runs, field, digits=0):
    values = [one[field] for one in runs if one.get(field) is not None]
    return f"{median(values):,.{digits}f}" if values else "–"


def print_costs(results):
    print("\nWhat each did (medians; CPU in seconds per million reports)")
    rows = []
    for rival, shape, size in sorted(
            results, key=lambda k: (k[2], -k[1][0], -k[1][1], ORDER.index(k[0]))):
        runs = list(results[rival, shape, size].values())
        rows.append([name_of(shape), str(size), rival,
                     spread([one["reports_per_second"] for one in runs]),
                     *(median_of(runs, field) for field in ("p50_us", "p99_us", "p999_us")),
                     per_million(runs, "cpu_seconds_client"), per_million(runs, "cpu_seconds_broker"),
                     median_of(runs, "reports_per_sync", 1)])
    print_table(["shape", "bytes", "rival", "reports/s", "p50 µs", "p99 µs", "p99.9 µs", "CPU client",
                 "CPU server", "reports/sync"], rows)


def as_json(figure, rows):
    """The figure's own ratio is that of the row where it does worst."""
    worst = figure.worst([row for row in rows if row["counts"]])
    shown = ("shape", "bytes", "rival", "ratio", "ratio_range", "ours", "against", "counts", "runs")
    return {"ratio": worst["ratio"], "target": figure.target, "asked": figure.asked,
            "better": "higher" if figure.is_at_least else "lower",
            "ours": worst["ours"], "against": worst["against"], "unit": figure.unit,
            "runs": worst["runs"], "shape": worst["shape"], "bytes": worst["bytes"],
            "rival": worst["rival"], "rows": [{k: row[k] for k in shown} for row in rows]}


# ---- questions -----------------------------------------------------------------------------------


def compare_answers(figure, answers):
    """Muster beside PostgreSQL, or None if either was not asked."""
    ours, theirs = answers.get((figure, "muster")), answers.get((figure, "postgres"))
    if not ours or not theirs:
        return None
    pairs = [theirs[run]["p50_us"] / ours[run]["p50_us"] for run in ours.keys() & theirs.keys()]
    our_p50, their_p50 = (median(one["p50_us"] for one in runs.values()) for runs in (ours, theirs))
    return {"ratio": their_p50 / our_p50, "ratio_range": [min(pairs), max(pairs)],
            "ours": our_p50, "against": their_p50, "runs": min(len(ours), len(theirs)),
            "p99_us": median(one["p99_us"] for one in ours.values())}


def mark(holds):
    return "✔" if holds else "✖"


def print_answers(key, question, answers, compared):
    p99 = f", p99 ≤ {question.p99_ms_max} ms" if question.p99_ms_max else ""
    print(f"\n{key}  {question.title}; target ≥ {question.target}{p99}")
    if not compared:
        print("  not measured: it needs bench_queries, and that needs libpq and PostgreSQL")
        return
    rows = []
    for rival in ("muster", "postgres"):
        runs = list(answers[key, rival].values())
        p50, p99 = (spread([one[field] / 1e3 for one in runs], 2) for field in ("p50_us", "p99_us"))
        cpu = [one["cpu_us"] / 1e3 for one in runs if one["cpu_us"] is not None]
        rows.append([rival, p50, p99, spread(cpu, 2) if cpu else "–", f"{sum(one['questions'] for one in runs):,}"])
    print_table(["", "p50 ms", "p99 ms", "server's CPU ms", "questions"], rows)
    low, high = compared["ratio_range"]
    verdict = f"  ratio {compared['ratio']:.1f} ({low:.1f}–{high:.1f}) {mark(compared['ratio'] >= question.target)}"
    if question.p99_ms_max:
        p99_ms = compared["p99_us"] / 1e3
        verdict += f"   p99 {p99_ms:.2f} ms {mark(p99_ms <= question.p99_ms_max)}"
    print(verdict)
    print_sides(next(iter(answers[key, "muster"].values())), next(iter(answers[key, "postgres"].values())))


def print_sides(ours, theirs):
    a_word = f", {ours['bytes_per_word']:.0f} B a word of history" if ours["bytes_per_word"] else ""
    print(f"  {ours['units']:,} units × {ours['days']} days; Muster keeps {ours['words']:,} words in "
          f"{ours['bytes'] / 2**20:,.0f} MiB{a_word}, filled in {ours['fill_seconds']:.1f} s")
    print(f"  {theirs['version']}, asked the fastest way of those tried (ms):")
    for way, us in sorted(theirs["ways_us"].items(), key=lambda pair: pair[1]):
        print(f"    {us / 1e3:9.2f}  {way}{'   ←' if way == theirs['way'] else ''}")


def answers_as_json(question, compared, answers, key):
    ours = next(iter(answers[key, "muster"].values()))
    theirs = next(iter(answers[key, "postgres"].values()))
    found = {**compared, "target": question.target, "better": "higher", "unit": "µs",
             "units": ours["units"], "days": ours["days"], "words": ours["words"], "bytes": ours["bytes"],
             "bytes_per_word": ours["bytes_per_word"], "rival": theirs["version"], "way": theirs["way"]}
    if question.p99_ms_max:
        found["p99_target_us"] = question.p99_ms_max * 1e3
    return found


# ---- the force package ---------------------------------------------------------------------------


def compare_packages(answers):
    """Our whole time beside CBC's own on the same problems, or None if either was not measured."""
    ours, theirs = answers.get(("P10", "muster")), answers.get(("P10", "cbc"))
    if not ours or not theirs:
        return None
    pairs = [ours[run]["seconds"] / theirs[run]["seconds"] for run in ours.keys() & theirs.keys()]
    gaps = [gap_of(one) for run in ours.values() for one in run["objectives"]]
    return {"ratio": median(pairs), "ratio_range": [min(pairs), max(pairs)],
            "ours": median(one["seconds"] for one in ours.values()),
            "against": median(one["seconds"] for one in theirs.values()),
            "gap_worst": max(gaps), "runs": len(pairs)}


def gap_of(objective):
    """How much better the value could be at most, as a part of it."""
    if objective["proven"]:
        return 0.0
    return (objective["value"] - objective["bound"]) / max(objective["value"], 1)


def said_of(objective):
    if objective["proven"]:
        return f"{objective['value']:,.0f}"
    if objective["value"] < 0:
        return f"none found, ≥ {objective['bound']:,.1f}"
    return f"{objective['value']:,.0f}, gap {100 * gap_of(objective):.1f} %"


def print_packages(answers, compared):
    print(f"\nP10  best force package, the whole call ÷ CBC alone on the plain model of it; target ≤ {PACKAGE_TARGET}")
    if not compared:
        print("  not measured: it needs bench_planner")
        return
    rows = []
    for run, one in sorted(answers["P10", "muster"].items()):
        for rival in ("muster", "cbc"):
            side = answers["P10", rival][run]
            said = {objective["name"]: said_of(objective) for objective in side["objectives"]}
            rows.append([f"{run} {rival}", f"{side['seconds']:.2f}", f"{side['cbc_seconds']:.2f}", str(side["cbc_calls"]),
                         *(said.get(name, "–") for name in ("hour", "units", "burden", "freshness"))])
    print_table(["problem", "s", "in CBC, s", "calls", "minute", "units", "burden %", "freshness"], rows)
    low, high = compared["ratio_range"]
    print(f"  ratio {compared['ratio']:.2f} ({low:.2f}–{high:.2f}) {mark(compared['ratio'] <= PACKAGE_TARGET)}"
          f"   worst gap {100 * compared['gap_worst']:.1f} % {mark(compared['gap_worst'] < 0.01)}")


# ---- the feed ------------------------------------------------------------------------------------


def feed_rows(answers):
    """Medians of the repetitions by how many subscribe, fewest first; the one with a stopped subscriber last."""
    rows = []
    for (figure, _), runs in answers.items():
        if figure == "P8":
            ones = list(runs.values())
            fields = ("p50_us", "p99_us", "all_told_p50_us", "worst_median_us", "best_median_us")
            rows.append({"subscribers": ones[0]["subscribers"], "stopped": ones[0]["stopped"], "runs": len(ones),
                         "p99_range": [min(one["p99_us"] for one in ones), max(one["p99_us"] for one in ones)],
                         **{field: median(one[field] for one in ones) for field in fields}})
    return sorted(rows, key=lambda row: (row["subscribers"], row["stopped"]))


def compare_feed(answers):
    """How the p99 grows with the subscribers: linear is a ratio of 1 to their number, and flat is better."""
    rows = feed_rows(answers)
    if not rows or rows[0]["subscribers"] != 1:
        return None
    plain = [row for row in rows if not row["stopped"]]
    most = plain[-1]
    stopped = next((row for row in rows if row["stopped"]), None)
    return {"ratio": most["p99_us"] / plain[0]["p99_us"], "target": most["subscribers"], "better": "lower",
            "ours": most["p99_us"], "against": plain[0]["p99_us"], "unit": "µs", "runs": most["runs"],
            "starved": most["worst_median_us"] / most["p50_us"],
            "stopped_ratio": stopped["p99_us"] / most["p99_us"] if stopped else None, "rows": rows}


def print_feed(compared):
    print("\nP8  one change from publish() to the subscribers' hands; target: p99 grows linearly at most, nobody starves")
    if not compared:
        print("  not measured: it needs bench_feed")
        return
    print_table(["subscribers", "p50 ms", "p99 ms", "range", "all told, p50 ms", "µs a subscriber", "worst one's p50 ms"],
                [[f"{row['subscribers']:,}{', one stopped' if row['stopped'] else ''}",
                  *(f"{row[field] / 1e3:,.2f}" for field in ("p50_us", "p99_us")),
                  "{:,.2f}–{:,.2f}".format(*(us / 1e3 for us in row["p99_range"])),
                  f"{row['all_told_p50_us'] / 1e3:,.2f}", f"{row['all_told_p50_us'] / row['subscribers']:,.1f}",
                  f"{row['worst_median_us'] / 1e3:,.2f}"] for row in compared["rows"]])
    print(f"  p99 to {compared['target']:,} ÷ p99 to one: {compared['ratio']:.1f} {mark(compared['ratio'] <= compared['target'])}"
          f"   the worst subscriber's median ÷ the median: {compared['starved']:.2f} {mark(compared['starved'] <= 2)}")
    if compared["stopped_ratio"]:
        print(f"  with one stopped among them p99 is {compared['stopped_ratio']:.2f} times that without")


# ---- the page ------------------------------------------------------------------------------------

# What is measured, its field, and how large or small it may be at most.
PAGE = {"first load": ("bytes", 400_000, False), "first screen, 200 watching": ("p99_ms", 50, False),
        "scroll of 10,000 units": ("frames_per_second", 30, True), "change to screen": ("p50_ms", 1000, False)}


def compare_page(answers):
    found = {}
    for name, (field, bound, is_at_least) in PAGE.items():
        runs = answers.get(("P12", name))
        if runs:
            ones = list(runs.values())
            value = median(one[field] for one in ones)
            found[name] = {"value": value, "field": field, "target": bound, "better": "higher" if is_at_least else "lower",
                           "holds": value >= bound if is_at_least else value <= bound, "runs": len(ones),
                           "all": ones}
    return found


def print_page(compared):
    print("\nP12  the page: first load ≤ 400 kB, first screen's questions p99 ≤ 50 ms, scroll ≥ 30 frames/s, change ≤ 1 s")
    if not compared:
        print("  not measured: it needs muster-gateway, the built page, node and Chromium")
        return
    rows = []
    for name, one in compared.items():
        others = [f"{key} {value:,.1f}" if isinstance(value, float) else f"{key} {value}"
                  for key, value in one["all"][0].items() if key not in ("figure", "rival", "run", one["field"])]
        rows.append([name, one["field"], f"{one['value']:,.1f}", f"{one['target']:,}", mark(one["holds"]), ", ".join(others)])
    print_table(["", "", "median", "bound", "", "first run"], rows)


# ---- the roster ----------------------------------------------------------------------------------


READERS = ("xlsx2csv", "in2csv")  # They read the workbook and publish nothing.


def compare_rosters(answers):
    """Our time from the workbook to the acknowledgement beside each who only reads it; None without us."""
    ours = answers.get(("P11", "muster"))
    if not ours:
        return None
    found = {"seconds": median(one["seconds"] for one in ours.values()),
             "peak_mib": max(one["peak_mib"] for one in ours.values()),
             "rows": next(iter(ours.values()))["rows"], "runs": len(ours), "rivals": {}}
    for rival in READERS:
        theirs = answers.get(("P11", rival))
        if theirs:
            pairs = [ours[run]["seconds"] / theirs[run]["seconds"] for run in ours.keys() & theirs.keys()]
            against = median(one["seconds"] for one in theirs.values())
            found["rivals"][rival] = {"ratio": found["seconds"] / against, "ratio_range": [min(pairs), max(pairs)],
                                      "against": against,
                                      "peak_mib": max(one["peak_mib"] for one in theirs.values())}
    return found


def print_rosters(answers, compared):
    print("\nP11  a roster from the workbook to acknowledged ÷ only reading the same workbook; no target, bounded memory")
    if not compared:
        print("  not measured: it needs bench_roster, muster, muster-broker and muster-exercise")
        return
    rows = []
    for rival in ("muster", *READERS):
        runs = list(answers.get(("P11", rival), {}).values())
        if runs:
            ratio = compared["rivals"].get(rival)
            rows.append([rival, spread([one["seconds"] for one in runs], 2), median_of(runs, "cpu_seconds", 2),
                         f"{max(one['peak_mib'] for one in runs):,.0f}",
                         f"{ratio['ratio']:.2f} ({ratio['ratio_range'][0]:.2f}–{ratio['ratio_range'][1]:.2f})"
                         if ratio else "–"])
    print_table(["", "s", "CPU s", "peak MiB", "ours ÷ theirs"], rows)
    print(f"  {compared['rows']:,} rows; {compared['rows'] / compared['seconds']:,.0f} rows/s to acknowledged")


# ---- curves --------------------------------------------------------------------------------------

CURVES = {"units": "as the force grows (a Strength of each unit)",
          "history": "as its history grows (10,000 units)"}


def bar(value, largest, width=32):
    eighths = max(1, round(value / largest * width * 8))
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def print_curve(name, points):
    print(f"\nThe cost of a report and of a question, {CURVES[name]}")
    rows = [[f"{one['units']:,}", f"{one['words']:,}", f"{one['report_ns']:,.0f}",
             f"{one['query_p50_us'] / 1e3:,.2f}", f"{one['query_p99_us'] / 1e3:,.2f}",
             f"{one['query_p50_us'] * 1e3 / one['units']:,.1f}", f"{one['bytes'] / 2**20:,.0f}"] for one in points]
    print_table(["units", "words", "report, CPU ns", "question p50, ms", "p99, ms", "ns a unit", "MiB"], rows)
    size = "units" if name == "units" else "words"
    growth = max(one["report_ns"] for one in points) / min(one["report_ns"] for one in points)
    print(f"  the dearest report costs {growth:.1f} times the cheapest")
    for title, field, unit in (("report", "report_ns", "µs"), ("question", "query_p50_us", "ms")):
        largest = max(one[field] for one in points)
        print(f"  {title}; the longest bar is {largest / 1e3:,.1f} {unit}")
        for one in points:
            print(f"  {one[size]:>12,} {size}  {bar(one[field], largest)}")


def curve_as_json(points):
    """How flat each curve is: the largest cost of a report ÷ the smallest."""
    found = {}
    for name in CURVES:
        own = [one for one in points if one["curve"] == name]
        if own:
            costs = [one["report_ns"] for one in own]
            found[name] = {"report_growth": max(costs) / min(costs), "points": own}
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results")
    parser.add_argument("--only", default=",".join([*FIGURES, *QUESTIONS, "P8", "P10", "P11", "P12", "CURVE"]))
    parser.add_argument("--json")
    arguments = parser.parse_args()

    loads, answers, points = read_results(arguments.results)
    wanted = arguments.only.split(",")
    figures = {}
    for key in wanted:
        if key in FIGURES:
            rows = rows_of(FIGURES[key], loads)
            print_figure(key, FIGURES[key], rows)
            if any(row["counts"] for row in rows):
                figures[key] = as_json(FIGURES[key], rows)
    if loads:
        print_costs(loads)
    for key in wanted:
        if key in QUESTIONS:
            compared = compare_answers(key, answers)
            print_answers(key, QUESTIONS[key], answers, compared)
            if compared:
                figures[key] = answers_as_json(QUESTIONS[key], compared, answers, key)
    if "P8" in wanted:
        compared = compare_feed(answers)
        print_feed(compared)
        if compared:
            figures["P8"] = compared
    if "P12" in wanted:
        compared = compare_page(answers)
        print_page(compared)
        if compared:
            figures["P12"] = compared
    if "P10" in wanted:
        compared = compare_packages(answers)
        print_packages(answers, compared)
        if compared:
            figures["P10"] = {**compared, "target": PACKAGE_TARGET, "better": "lower", "unit": "s"}
    if "P11" in wanted:
        compared = compare_rosters(answers)
        print_rosters(answers, compared)
        if compared:
            figures["P11"] = {**compared, "better": "lower", "unit": "s"}
    for name in CURVES:
        if own := [one for one in points if one["curve"] == name]:
            print_curve(name, own)
    if points:
        figures["curve"] = curve_as_json(points)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as out:
            json.dump(figures, out, ensure_ascii=False, indent=2)
            out.write("\n")


if __name__ == "__main__":
    main()
