// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/told_answer.h"

#include <map>
#include <string>
#include <variant>

namespace muster::gateway {
namespace {

class Teller {
 public:
  explicit Teller(const words::Words& words) : words_(words) {}

  void operator()(model::ReadyAnswer& answer) { tell_details(answer.left_out); }
  void operator()(model::GapsAnswer& answer) {
    for (auto& line : answer.lines) {
      tell_fix(line.fix);
    }
    tell_details(answer.left_out);
  }
  void operator()(model::AssembleAnswer& answer) {
    for (auto& line : answer.lines) {
      tell_fix(line.fix);
    }
    tell_details(answer.unused);
  }
  void operator()(model::LedgerTailAnswer& answer) {
    for (auto& record : answer.records) {
      for (auto& report : record.reports) {
        tell_findings(report.verdict.findings);
      }
    }
  }
  void operator()(model::LedgerProofAnswer& answer) { tell_findings(answer.verdict.findings); }
  template <typename Other>
  void operator()(Other& /*answer*/) {}

 private:
  /// The same few sentences stand there for hundreds of units.
  void tell(std::string& text) {
    const auto [known, is_new] = told_.try_emplace(text);
    if (is_new) {
      known->second = words_.tell(text);
    }
    text = known->second;
  }
  template <typename Row>
  void tell_details(std::vector<Row>& rows) {
    for (auto& row : rows) {
      tell(row.detail);
    }
  }
  void tell_fix(std::optional<model::Fix>& fix) {
    if (fix) {
      tell(fix->text);
    }
  }
  void tell_findings(std::vector<model::Finding>& findings) {
    for (auto& finding : findings) {
      tell(finding.found);
      tell(finding.expected);
    }
  }

  const words::Words& words_;
  std::map<std::string, std::string> told_;
};

}  // namespace

void tell_answer(model::Answer& answer, const words::Words& words) {
  if (words.language() != words::Language::english) {
    std::visit(Teller(words), answer.body);
  }
}

}  // namespace muster::gateway
