// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "nodes/secretariat/commands.h"
#include "schemas/link/curve.h"
#include "schemas/trust/signing.h"

namespace muster::secretariat {

namespace fs = std::filesystem;

namespace {

constexpr int kIndent = 2;

/// Both keys of a node and where they are kept.
struct NodeKeys {
  fs::path curve_file, signing_file;
  link::CurveKeyPair curve;
  trust::SigningKey signing;
};

model::Error taken(const fs::path& file) {
  return {model::ErrorCode::already_exists,
          fmt::format("key file {} exists, and a key is never overwritten", file.string())};
}

model::Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::create_directories(folder, error); error) {
    return model::fail(model::ErrorCode::already_exists, error.message());
  }
  return {};
}

/// Neither file is written when one of the names is taken: half a pair helps nobody.
model::Result<void> save(const NodeKeys& keys) {
  for (const auto& file : {keys.curve_file, keys.signing_file}) {
    if (fs::symlink_status(file).type() != fs::file_type::not_found) {
      return tl::unexpected(taken(file));
    }
  }
  MUSTER_CHECK(link::save_secret_key(keys.curve_file, keys.curve.secret));
  if (auto saved = keys.signing.save(keys.signing_file.string()); !saved) {
    std::error_code ignored;
    fs::remove(keys.curve_file, ignored);
    return saved;
  }
  return {};
}

/// An entry of `nodes` in a Registry statement. Without --node the registrar fills in the name.
text::Json registry_entry(const NodeKeys& keys, const KeysCommand& command, model::UtcTime now) {
  auto roles = text::json_array();
  roles.items.push_back(text::json_string(model::to_text(model::Role::publisher)));
  auto entry = text::json_object();
  if (command.node) {
    entry.add("node_id", text::json_string(command.node->view()));
  }
  entry.add("key", text::json_string(model::to_hex(keys.signing.public_key())));
  entry.add("curve_key", text::json_string(model::to_hex(keys.curve.public_key)));
  entry.add("roles", std::move(roles));
  entry.add("valid_from",
            text::json_string(model::format_time(std::chrono::floor<std::chrono::seconds>(now))));
  return entry;
}

struct KeyRow {
  const char* key;
  std::string file, public_key, fingerprint;
};

std::vector<KeyRow> rows_of(const NodeKeys& keys) {
  return {{"curve", keys.curve_file.string(), model::to_hex(keys.curve.public_key),
           link::fingerprint(keys.curve.public_key)},
          {"signing", keys.signing_file.string(), model::to_hex(keys.signing.public_key()),
           trust::fingerprint(keys.signing.public_key())}};
}

Sheet sheet_of(const std::vector<KeyRow>& rows) {
  Sheet sheet;
  sheet.columns = {{"key", "KEY"},
                   {"fingerprint", "FINGERPRINT"},
                   {"public_key", "PUBLIC KEY"},
                   {"file", "SECRET FILE"}};
  for (const auto& row : rows) {
    sheet.rows.push_back(
        {.cells = {cell(row.key), cell(row.fingerprint), cell(row.public_key), cell(row.file)},
         .parent = {}});
  }
  return sheet;
}

text::Json json_of(const KeyRow& row) {
  auto object = text::json_object();
  object.add("key", text::json_string(row.key));
  object.add("fingerprint", text::json_string(row.fingerprint));
  object.add("public_key", text::json_string(row.public_key));
  object.add("file", text::json_string(row.file));
  return object;
}

void print_json_document(const Output& output, const std::vector<KeyRow>& rows, text::Json entry) {
  auto document = json_document("GeneratedKeys");
  auto list = text::json_array();
  for (const auto& row : rows) {
    list.items.push_back(json_of(row));
  }
  document.add("rows", std::move(list));
  document.add("node", std::move(entry));
  output.data(text::print_json(document, kIndent) + "\n");
}

void print(const Output& output, const NodeKeys& keys, text::Json entry) {
  const auto rows = rows_of(keys);
  if (output.format() == Format::json) {
    return print_json_document(output, rows, std::move(entry));
  }
  std::vector<text::Json> json;
  for (const auto& row : rows) {
    json.push_back(json_of(row));
  }
  output.rows("GeneratedKeys", sheet_of(rows), std::move(json));
  if (output.format() == Format::table || output.format() == Format::wide) {
    output.data("\n" + output.tell("For the registrar, an entry of nodes[]:") + "\n" + text::print_json(entry, kIndent) +
                "\n");
  }
}

}  // namespace

ExitCode generate_keys(const Output& output, const Doors& doors, const KeysCommand& command) {
  const auto base = fs::path(command.folder) / command.name;
  if (fs::path(command.name).filename() != command.name || command.name.starts_with('.')) {
    output.error(
        fmt::format("cannot make keys: --name {} - it is no plain file name - choose one "
                    "without '/' and without a leading dot",
                    command.name));
    return ExitCode::usage;
  }
  if (const auto made = make_folder(command.folder); !made) {
    return report_error(output, "cannot make the folder", command.folder, made.error(),
                        Stage::keeping);
  }
  const NodeKeys keys{.curve_file = base.string() + ".curve",
                      .signing_file = base.string() + ".sign",
                      .curve = link::CurveKeyPair::generate(),
                      .signing = trust::SigningKey::generate()};
  if (const auto saved = save(keys); !saved) {
    return report_error(output, "cannot save the keys", base.string(), saved.error(),
                        Stage::keeping);
  }
  print(output, keys, registry_entry(keys, command, doors.now()));
  if (!command.node) {
    output.warn("the entry has no node_id - add it, or give --node such as KAZ/mod");
  }
  return ExitCode::done;
}

}  // namespace muster::secretariat
