// SPDX-License-Identifier: Apache-2.0
// The parts of milsymbol that symbols of units need, so that the letter-based and the rarer sets are not loaded.
import {
  ms,
  numberair,
  numberlandcivilian,
  numberlandequipment,
  numberlandinstallation,
  numberlandunit,
  numbersea,
  numbersubsurface,
} from '../../node_modules/milsymbol/index.mjs';

for (const set of [numberlandunit, numberlandcivilian, numberlandequipment, numberlandinstallation, numberair, numbersea, numbersubsurface]) {
  ms.addIcons(set);
}

export { ms };
