// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/operation_template.h"

#include "nodes/secretariat/operation_file.h"
#include "schemas/text/writer.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kTemplate =
    R"toml(# An operation and what it needs, for 'muster operation create FILE'. All of it is fictional.
# A key behind '#' without a space may be left out; take the '#' away to use it.
# Times are RFC 3339 in UTC: 2022-01-07T03:00:00Z. Nations are ISO 3166-1 alpha-3.
# The state of the operation does not stand here: it follows from decisions
# ('muster operation decide').

# ---- the operation ------------------------------------------------------------------------------

# Its code: 1 to 32 of A-Z 0-9 . _ -. Created again with the same code, it takes the newer words.
operation = "EX-2299"
# At most 120 characters.
name = "Valley crossing (fictional)"
# The nation in which it takes place.
host = "KGZ"
# The host sends nobody to its own operation unless the decision says so (V27).
host_may_contribute = false
# NONE, UN, SCO or OSCE: with whom it is run.
partner = "NONE"
# On what it rests, and which documents give the mandate: texts.
legal_basis = ["Request of the host (fictional)"]
mandate_refs = ["Draft decision 12 (fictional)"]
# T01 to T15, T99: the catalogue of tasks. Lines below may add their own.
tasks = ["T08", "T03", "T11"]
# Corners of its area in degrees (WGS84), three or more; the last is joined to the first.
area = [
  { lat = 42.4, lon = 74.1 },
  { lat = 42.4, lon = 75.2 },
  { lat = 41.6, lon = 74.7 },
]
# What follows is most often decided later, and then recorded by 'muster operation decide': the
# people at most, when it was decided, when it is to end (none: the end is open), who commands.
#authorised_strength = 620
#decided_at = 2022-01-07T03:00:00Z
#planned_end = 2022-02-07T00:00:00Z
#commander = "Commander of the exercise (fictional)"
# UNCLASSIFIED, CONFIDENTIAL, SECRET or TOP_SECRET: of the report that carries all this.
#classification = "UNCLASSIFIED"
# Nations that may see it beyond the secretariat.
releasable_to = ["RUS", "BLR", "ARM", "KAZ", "KGZ", "TJK"]
# Of the statement of requirements: the highest counts. Raise it whenever a [[line]] changes.
version = 1

# Figures as they were published, in the words of their source; one such table for each.
# comparator is OVER, ABOUT or EXACT; value a count; as_of the moment that it speaks of.
[[published_figures]]
figure = "people of the operation"
comparator = "ABOUT"
value = 600
as_of = 2022-01-07T03:00:00Z
source = "Press service of the exercise (fictional)"

# ---- what it needs: the statement of requirements -----------------------------------------------
# One [[line]] for each force that is asked for. Without any, the operation is announced and nothing
# is asked for yet.

[[line]]
# Its code; offers name it.
line_id = "L01"
# What the people must be able to do: one task or more.
tasks = ["T08"]
# COMMAND, COMBAT, POLICE, OBSERVER_GROUP, COMBAT_SUPPORT, TECHNICAL_SUPPORT, REAR_SUPPORT or OTHER.
element_kind = "COMBAT"
# The line is met with people_min, and takes no more than people_max.
people_min = 400
people_max = 450
# Within how many hours they must be there: 0 to 8760.
needed_within_h = 24
# A package first meets the lines that must be met, then the heavier ones: weight 1 to 100.
must_have = true
weight = 100
# How well they must do it, 1 (best) to 4; any when left out.
#capability_type = 2
# For how many days, 1 to 3650; open when left out.
#duration_days = 30
# Items that come with them. Kinds: WHEELED_TRANSPORT, ARMOURED_TRANSPORT, ENGINEER, MEDICAL,
# COMMUNICATION, WATER_FUEL, AIRCRAFT_FIXED, HELICOPTER, UAS, FIELD_CAMP, OTHER.
equipment = [
  { kind = "WHEELED_TRANSPORT", count = 40 },
  { kind = "COMMUNICATION", count = 4 },
]
# What they must do for themselves: CATERING, COMMUNICATIONS, OFFICE, ELECTRICAL, MINOR_ENGINEERING,
# EOD, LAUNDRY_CLEANING, TENTAGE, ACCOMMODATION, FIREFIGHTING, MEDICAL, OBSERVATION, IDENTIFICATION,
# CBRN_PROTECTION, FIELD_DEFENCE_STORES or MISC_GENERAL_STORES; days of supply, 0 to 180, for how
# many people. Either figure may be left out.
#self_sustainment = [{ category = "CATERING", days_of_supply = 10, covered_people = 400 }]

[[line]]
line_id = "L02"
tasks = ["T03"]
element_kind = "POLICE"
people_min = 80
people_max = 100
needed_within_h = 48
must_have = true
weight = 60

[[line]]
line_id = "L03"
tasks = ["T11", "T14"]
element_kind = "REAR_SUPPORT"
people_min = 60
people_max = 70
needed_within_h = 72
must_have = false
weight = 30
equipment = [{ kind = "MEDICAL", count = 4 }]
)toml";

}  // namespace

std::string_view operation_template_toml() { return kTemplate; }

std::string operation_template_json() {
  constexpr int kIndent = 2;
  const auto read = read_operation_text("template.toml", operation_template_toml());
  return text::print_json(text::write_value(read.file), kIndent) + "\n";
}

}  // namespace muster::secretariat
