// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/command_options.h"

namespace muster::secretariat {

void add_list(CLI::App* under, const char* option, std::vector<std::string>& values,
              const char* help) {
  under->add_option(option, values, help)->delimiter(',');
}

void add_nations(CLI::App* under, RawArguments& raw) {
  add_list(under, "--nation", raw.nations, "Only these nations (KAZ,TJK)");
}

void add_tasks(CLI::App* under, RawArguments& raw, const char* help) {
  add_list(under, "--tasks", raw.tasks, help);
}

void add_period(CLI::App* under, RawArguments& raw, const char* from_help, const char* to_help) {
  under->add_option("--from", raw.from_time, from_help);
  under->add_option("--to", raw.to_time, to_help);
}

void add_operation(CLI::App* under, RawArguments& raw) {
  under->add_option("OP", raw.operation, "Code of the operation, such as EX-2201")->required();
}

void add_what_if(CLI::App* under, RawArguments& raw) {
  constexpr const char* kGroup = "What if (nothing of it is recorded)";
  under->add_option("--without", raw.without, "These nations take no part (KAZ,TJK)")
      ->delimiter(',')
      ->allow_extra_args(false)  // OP may stand behind it.
      ->group(kGroup);
  under->add_option("--host", raw.host, "Every operation takes place in this nation (TJK)")
      ->group(kGroup);
  under->add_option("--also", raw.also, "These operations go on as well (EX-2202)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kGroup);
  under->add_option("--notice", raw.notice, "All move so much later or sooner: +24h, -12h")
      ->group(kGroup);
}

}  // namespace muster::secretariat
