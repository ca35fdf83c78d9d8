// SPDX-License-Identifier: Apache-2.0
#include "broker/core/identity_scan.h"

#include <gmock/gmock.h>

#include <string>

namespace muster::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string spanned(std::string_view text) {
  const auto found = find_identities(text);
  if (found.size() != 1) {
    return std::to_string(found.size()) + " found";
  }
  return std::string(text.substr(found[0].begin, found[0].end - found[0].begin));
}

TEST(IdentityScan, V33FindsInitialsBesideAName) {
  EXPECT_EQ(spanned("by Ivanov I.I. today"), "Ivanov I.I.");
  EXPECT_EQ(spanned("by Ivanov I. I. today"), "Ivanov I. I.");
  EXPECT_EQ(spanned("by I.I. Ivanov today"), "I.I. Ivanov");
  EXPECT_EQ(spanned("by I.I.Ivanov today"), "I.I.Ivanov");
  EXPECT_EQ(spanned("И. И. Иванов убыл"), "И. И. Иванов");
  EXPECT_EQ(spanned("убыл Иванов И.И."), "Иванов И.И.");
  EXPECT_EQ(spanned("Әбілов Қ.Ә. келді"), "Әбілов Қ.Ә.");
  EXPECT_EQ(spanned("Ա. Պետրոսյան"), "Ա. Պետրոսյան");
  EXPECT_EQ(spanned("by Ivanov I. today"), "Ivanov I.");
  EXPECT_EQ(spanned("Ask I. I. Ivanov today"), "Ask I. I. Ivanov");
  EXPECT_EQ(spanned("Škoda Ž.Ö."), "Škoda Ž.Ö.");
}

TEST(IdentityScan, V33FindsNumbersOfPeople) {
  EXPECT_EQ(spanned("number 123456 of"), "123456");
  EXPECT_EQ(spanned("passport AB1234567"), "AB1234567");
  EXPECT_EQ(spanned("паспорт АБ12345"), "АБ12345");
  EXPECT_EQ(spanned("N123456"), "N123456");
}

TEST(IdentityScan, V33LeavesWordsDatesAndCodesAlone) {
  for (const auto* text :
       {"", "Half of the carriers wait for tyres.", "Tyres are on their way.\nКүтеміз.",
        "12345 litres on 2022-01-07T12:00:00Z", "KAZ:EX-COMBAT-1 with BTR-80A and T-72B3",
        "3.5 t, 2nd company of the 1st battalion", "Plan A, then B\nThe rest follows.",
        "i.e. Today", "Company A, Ivanovo", "Protocol 7 (fictional)"}) {
    EXPECT_THAT(find_identities(text), IsEmpty()) << text;
  }
}

TEST(IdentityScan, V33TellsTwoNamesApart) {
  EXPECT_THAT(find_identities("Ivanov I.I. Petrov P.P."),
              ElementsAre(IdentitySpan{IdentityKind::name, 0, 11},
                          IdentitySpan{IdentityKind::name, 12, 23}));
}

TEST(IdentityScan, FindsEachOfSeveral) {
  EXPECT_THAT(find_identities("Ivanov I., 654321"),
              ElementsAre(IdentitySpan{IdentityKind::name, 0, 9},
                          IdentitySpan{IdentityKind::number, 11, 17}));
}

TEST(IdentityScan, TakesAnyBytes) {
  std::string bytes;
  for (int i = 0; i < 1024; ++i) {
    bytes.push_back(static_cast<char>(i * 7 % 256));
    for (const auto& span : find_identities(bytes)) {
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, bytes.size());
    }
  }
  EXPECT_THAT(find_identities("\xf0\x9f"), IsEmpty());
}

}  // namespace
}  // namespace muster::core
