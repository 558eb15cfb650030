/* Letters that Unicode does not take apart, and alphabets whose letters have a usual Latin spelling. */
const LATIN = pairs(
  'ä ae ö oe ü ue Ä Ae Ö Oe Ü Ue ß ss æ ae Æ Ae œ oe Œ Oe ø o Ø O å a Å A ł l Ł L đ d Đ D ð d Ð D þ th Þ Th ı i ħ h Ħ H',
);
const GREEK = pairs(
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o',
);
const CYRILLIC = pairs(
  'а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya є ye і i ґ g ђ dj ј j љ lj њ nj ћ c џ dz',
);
const ARABIC = pairs(
  'ا a أ a إ i آ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h ة a و w ي y ى a ئ y ؤ w پ p چ ch ژ zh گ g ک k ی y',
);
const LETTERS = new Map([...LATIN, ...GREEK, ...CYRILLIC, ...ARABIC]);

function pairs(table: string): [string, string][] {
  const words = table.split(' ');
  return words.flatMap((letter, at) => (at % 2 === 0 ? [[letter, words[at + 1] ?? '']] : [])) as [string, string][];
}

/** The value of a digit of any script: `٧` → `7`. Decimal digits stand in Unicode in runs of ten. */
function digitOf(character: string): string | null {
  if (!/\p{Nd}/u.test(character)) return null;
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(point - zero);
}

/** A text in Latin letters and Arabic numerals as far as it can be written so; the rest becomes spaces. */
export function toLatin(text: string): string {
  let latin = '';
  for (const character of text.normalize('NFC')) {
    const known = LETTERS.get(character) ?? LETTERS.get(character.toLowerCase());
    if (known !== undefined) {
      latin += known;
      continue;
    }
    const plain = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    for (const part of plain) {
      latin += digitOf(part) ?? LETTERS.get(part) ?? (/^[\x20-\x7e]$/.test(part) ? part : ' ');
    }
  }
  return latin;
}
