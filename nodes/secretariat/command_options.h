// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/secretariat/command_tree.h"

/// Options that several commands have, declared in one way. For the sources that declare commands
/// alone.
namespace muster::secretariat {

/// Values in a list: "--nation KAZ,TJK" or the option given again.
void add_list(CLI::App* under, const char* option, std::vector<std::string>& values,
              const char* help);
void add_nations(CLI::App* under, RawArguments& raw);
void add_tasks(CLI::App* under, RawArguments& raw, const char* help);
/// --from and --to of a period.
void add_period(CLI::App* under, RawArguments& raw, const char* from_help, const char* to_help);
/// OP, the operation that a command is about.
void add_operation(CLI::App* under, RawArguments& raw);
/// --without, --host, --also and --notice: what is supposed.
void add_what_if(CLI::App* under, RawArguments& raw);

}  // namespace muster::secretariat
