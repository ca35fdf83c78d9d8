// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without a fuzzer: every file of a corpus as it is, then changed at random a
// bounded number of times. `replay CORPUS [--seed=N] [--rounds=N]`. On a crash the last line tells
// the file and the seed.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

struct Options {
  std::filesystem::path corpus;
  std::uint64_t seed = 1;
  std::uint64_t rounds = 400;
};

bool read_number(std::string_view argument, std::string_view name, std::uint64_t& to) {
  if (!argument.starts_with(name)) {
    return false;
  }
  argument.remove_prefix(name.size());
  const auto* end = argument.data() + argument.size();
  return std::from_chars(argument.data(), end, to).ptr == end;
}

bool read_options(int count, char** arguments, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (read_number(argument, "--seed=", options.seed)) {
      continue;
    }
    if (read_number(argument, "--rounds=", options.rounds)) {
      continue;
    }
    if (argument.starts_with("--") || !options.corpus.empty()) {
      return false;
    }
    options.corpus = argument;
  }
  return std::filesystem::is_directory(options.corpus);
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& corpus) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());  // The same seed must mean the same bytes everywhere.
  return files;
}

Bytes contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void change(Bytes& bytes, std::mt19937_64& random) {
  if (bytes.empty()) {
    return;
  }
  const std::size_t at = random() % bytes.size();
  switch (random() % 4) {
    case 0:
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << (random() % 8)));
      return;
    case 1:
      bytes[at] = static_cast<std::uint8_t>(random());
      return;
    case 2:
      bytes.resize(at);
      return;
    default:
      bytes[at] = random() % 2 == 0 ? 0 : 0xff;
      return;
  }
}

void run_changed(const Bytes& original, const Options& options) {
  std::mt19937_64 random(options.seed);
  for (std::uint64_t round = 0; round < options.rounds; ++round) {
    auto bytes = original;
    for (auto left = 1 + random() % 3; left > 0; --left) {
      change(bytes, random);
    }
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  if (!read_options(count, arguments, options)) {
    std::fprintf(stderr, "usage: %s CORPUS [--seed=N] [--rounds=N]\n", arguments[0]);
    return 2;
  }
  const auto files = files_of(options.corpus);
  for (const auto& file : files) {
    std::printf("%s --seed=%lu --rounds=%lu\n", file.c_str(), options.seed, options.rounds);
    std::fflush(stdout);  // A crash ends the program before it would be written.
    const auto bytes = contents(file);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    run_changed(bytes, options);
  }
  std::printf("%zu files, %lu rounds each\n", files.size(), options.rounds);
  return files.empty() ? 1 : 0;
}
