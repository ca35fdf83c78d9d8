// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/watch_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/screen_text.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kRoomy = 20;  // Lines from which on a picture has more than it must.

std::string clock_of(model::UtcTime time) {
  const auto text = whole_seconds(time);
  return text.substr(text.find('T') + 1);
}

/// The header as of now: a nation whose first word came since the snapshot reports.
model::AnswerHeader header_now(const client::ForceTable& table, model::UtcTime whole_at) {
  auto header = table.header().value_or(model::AnswerHeader{});
  header.valid_at = header.known_at = whole_at;
  header.ledger_seq = table.ledger_seq();
  header.stale_strength = 0;  // The picture says it of the rows that it has.
  header.nations_stale.clear();
  for (const auto& [id, row] : table.units()) {
    const auto missing =
        std::find(header.nations_missing.begin(), header.nations_missing.end(), id.nation());
    if (missing != header.nations_missing.end()) {
      header.nations_reporting.push_back(*missing);
      header.nations_missing.erase(missing);
    }
  }
  return header;
}

/// Each line no wider than the screen; without the last line feed.
void add_folded(std::vector<std::string>& lines, std::string_view text, std::size_t columns) {
  const auto broken = folded(text, std::max<std::size_t>(columns, 1));
  for (std::size_t at = 0; at < broken.size();) {
    const auto end = std::min(broken.find('\n', at), broken.size());
    lines.push_back(cut(broken.substr(at, end - at), columns));
    at = end + 1;
  }
}

}  // namespace

// ---- what happens -------------------------------------------------------------------------------

void WatchView::take(const client::FeedEvent& event, WatchNow now) {
  const auto* delta = std::get_if<model::Delta>(&event);
  const bool was_whole = table_.is_whole();
  const bool begins = std::holds_alternative<model::SnapBegin>(event);
  if (was_whole && (begins || (delta != nullptr && !delta->last))) {
    kept_ = table_;
  }
  if (const auto* lagged = std::get_if<model::Lagged>(&event)) {
    changes_.lagged(*lagged);
  }
  if (was_whole && delta != nullptr && delta->last) {
    changes_.take(table_.units(), *delta, now);
  }
  if (!table_.take(event)) {
    return;
  }
  comes_anew_ = begins || (comes_anew_ && !table_.is_whole());
  if (!table_.is_whole()) {
    return;
  }
  if (!was_whole && has_table_) {
    changes_.compare(kept_.units(), table_.units(), now);
  }
  if (delta != nullptr || std::holds_alternative<model::SnapEnd>(event) ||
      std::holds_alternative<model::Mark>(event)) {
    whole_at_ = now.utc;
  }
  has_table_ = true;
  kept_ = {};
}

void WatchView::press(Key key) {
  const auto back = [&](std::size_t rows) { first_ -= std::min(first_, rows); };
  switch (key) {
    case Key::quit:
      return;
    case Key::up:
      return back(1);
    case Key::page_up:
      return back(page_);
    case Key::home:
      return back(first_);
    case Key::down:
      first_ += 1;  // picture() knows where the end is.
      return;
    case Key::page_down:
      first_ += page_;
      return;
    case Key::end:
      first_ = std::numeric_limits<std::size_t>::max() / 2;
      return;
  }
}

// ---- what is seen -------------------------------------------------------------------------------

std::string WatchView::picture(ScreenSize size, WatchNow now) {
  auto lines = head(size.columns, now);
  const auto below = foot(size, 0, now).size();
  const auto taken = lines.size() + below + 1;  // One for the titles.
  page_ = size.lines > taken ? size.lines - taken : 1;
  const auto all = units().size();
  first_ = std::min(first_, all > page_ ? all - page_ : 0);
  const auto shown = std::min(page_, all - first_);
  for (auto& line : table(shown, size.columns, now)) {
    lines.push_back(std::move(line));
  }
  for (auto& line : foot(size, shown, now)) {
    lines.push_back(std::move(line));
  }
  // A screen of a few lines shows the end: how it stands with the broker.
  if (lines.size() > size.lines) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(size.lines));
  }
  std::string text;
  for (const auto& line : lines) {
    text += (text.empty() ? "" : "\n") + line;
  }
  return text;
}

WatchView::Lines WatchView::head(std::size_t columns, WatchNow now) const {
  Lines lines;
  const auto header = header_now(whole(), whole_at_);
  add_folded(lines, words_.tell(header_line(header)), columns);
  add_folded(lines, words_.tell(caution_line(header)), columns);
  add_folded(lines, stale_line(now), columns);
  return lines;
}

WatchView::Lines WatchView::table(std::size_t rows, std::size_t columns, WatchNow now) {
  std::vector<WatchRow> shown;
  auto row = units().begin();
  std::advance(row, static_cast<std::ptrdiff_t>(first_));
  for (; shown.size() < rows; ++row) {
    shown.push_back({&row->second, changes_.mark_of(row->first, now)});
  }
  if (shown.empty()) {
    return {cut(words_.tell("(no units in focus)"), columns)};
  }
  return watch_table(shown, now.utc, columns, style_, words_);
}

WatchView::Lines WatchView::foot(ScreenSize size, std::size_t shown, WatchNow now) const {
  Lines lines;
  if (size.lines >= kRoomy) {
    lines.push_back(cut(totals_line(), size.columns));
    if (!whole().operations().empty()) {
      lines.push_back(cut(operations_line(), size.columns));
    }
  }
  lines.push_back(cut(change_line(now), size.columns));
  auto link = cut(link_line(), size.columns);
  const auto hint = "  " + hint_line(shown);
  if (places(link) + places(hint) <= size.columns) {
    link += std::string(size.columns - places(link) - places(hint), ' ') + hint;
  }
  if (style_.colour && !table_.link().is_up) {
    link = "\033[33m" + link + "\033[0m";
  }
  lines.push_back(link);
  return lines;
}

/// How much of the picture rests on old words, as of this moment.
std::string WatchView::stale_line(WatchNow now) const {
  std::set<model::Nation> nations;
  std::size_t units = 0;
  for (const auto& [id, row] : this->units()) {
    const auto freshness = model::freshness_at(row, now.utc);
    if (freshness == model::Freshness::stale || freshness == model::Freshness::expired) {
      ++units;
      nations.insert(id.nation());
    }
  }
  if (units == 0) {
    return {};
  }
  return words_.tell(fmt::format("Words on {} are stale or expired: {}.", counted(units, "unit"),
                                 join(std::vector(nations.begin(), nations.end()))));
}

std::string WatchView::totals_line() const {
  model::Figures sum;
  std::uint64_t committed = 0;
  for (const auto& [id, row] : units()) {
    sum.present += row.own.present;
    sum.deployable += row.own.deployable;
    committed += row.committed;
  }
  return words_.tell(fmt::format("{} · present {} · deployable {} · committed {}",
                                 counted(units().size(), "unit"), sum.present, sum.deployable,
                                 committed));
}

std::string WatchView::operations_line() const {
  std::string list;
  for (const auto& [code, row] : whole().operations()) {
    list += fmt::format("{}{} {}", list.empty() ? "" : " · ", code.view(),
                        spaced(model::to_text(row.state)));
  }
  return words_.tell(fmt::format("Operations: {}", list));
}

std::string WatchView::change_line(WatchNow now) const {
  const auto& last = changes_.last();
  if (last.unit.empty()) {
    return words_.tell("No change yet");
  }
  std::string what;
  for (const auto& text : last.texts) {
    what += (what.empty() ? "" : ", ") + words_.tell(text);
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(
      std::max(now.utc - last.at, model::Duration::zero()));
  auto line = fmt::format(
      "{} {}: {}",
      words_.tell(seconds < std::chrono::minutes(1) ? fmt::format("{} s ago", seconds.count())
                                                    : clock_of(last.at)),
      last.unit, what);
  if (last.others > 0) {
    line += words_.tell(fmt::format(" and {} more", last.others));
  }
  if (changes_.lag().to_seq > 0) {
    line += words_.tell(
        fmt::format(" (ledger {} to {} at once)", changes_.lag().from_seq, changes_.lag().to_seq));
  }
  return line;
}

std::string WatchView::link_line() const {
  const auto& link = table_.link();
  if (!link.is_up) {
    return fmt::format("✖ {} · {}",
                       words_.tell(fmt::format("no broker since {}, showing what was last known",
                                               clock_of(link.since))),
                       harmless(words_.tell(link.problem)));
  }
  if (comes_anew_) {
    return "○ " + words_.tell("a new picture comes, showing what was last known");
  }
  return "● " + words_.tell(fmt::format("live · ledger {}", whole().ledger_seq()));
}

std::string WatchView::hint_line(std::size_t shown) const {
  const auto all = units().size();
  if (shown >= all) {
    return words_.tell("q ends");
  }
  return words_.tell(
      fmt::format("rows {} to {} of {}, arrows move · q ends", first_ + 1, first_ + shown, all));
}

}  // namespace muster::secretariat
