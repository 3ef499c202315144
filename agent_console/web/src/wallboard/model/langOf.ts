/** The `lang` of a text a customer wrote, by its script: how it is read aloud and set. */
export const langOf = (text: string): "en" | "zh-Hans" =>
  /\p{Script=Han}/u.test(text) ? "zh-Hans" : "en";
