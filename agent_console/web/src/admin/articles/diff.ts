/** What changed between two texts, line by line: the fewest lines taken out and put in. */
export interface Line {
  text: string;
  is: "same" | "out" | "in";
}

const LINES_MOST = 2_000;

export function diff(before: string, after: string): Line[] {
  const old = before.split("\n").slice(0, LINES_MOST);
  const young = after.split("\n").slice(0, LINES_MOST);
  // common[i][j]: the longest run of common lines of what follows i and j.
  const common = old.map(() => new Array<number>(young.length + 1).fill(0));
  common.push(new Array<number>(young.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = young.length - 1; j >= 0; j--)
      common[i]![j] =
        old[i] === young[j]
          ? common[i + 1]![j + 1]! + 1
          : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      lines.push({ text: old[i++]!, is: "same" });
      j++;
    } else if (i < old.length && (j === young.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push({ text: old[i++]!, is: "out" });
    else lines.push({ text: young[j++]!, is: "in" });
  }
  return lines;
}
