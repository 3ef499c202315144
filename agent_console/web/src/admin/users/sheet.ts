/** A CSV file of users: judged whole, then brought in chunk by chunk. */
import { http } from "../../lib/http.ts";

export interface SheetRow {
  line: number;
  login: string;
  outcome: "added" | "changed" | "unchanged" | "refused";
  code: string;
  detail: string;
  password: string;
}

interface Report {
  rows: SheetRow[];
  total: number;
  next_row: number | null;
}

export const MOST_BYTES = 1024 * 1024;
const PATH = "/api/users/import";

export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export async function judge(file: string): Promise<SheetRow[]> {
  const body = { file, dry: true };
  return (await http<Report>("POST", PATH, body)).rows;
}

/** Bring the rows in; `told` hears how many of how many are done. */
export async function bringIn(
  file: string,
  told: (rows: SheetRow[], of: number) => void,
): Promise<void> {
  const rows: SheetRow[] = [];
  for (let next: number | null = 0; next !== null; ) {
    const body: object = { file, dry: false, from_row: next };
    const part: Report = await http<Report>("POST", PATH, body);
    rows.push(...part.rows);
    told([...rows], part.total);
    next = part.next_row;
  }
}

const quoted = (cell: string): string =>
  `"${(/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;

/** The report as CSV, with the passwords that are shown this once. */
export function csvOf(rows: readonly SheetRow[]): string {
  const lines = rows.map((row) =>
    [String(row.line), row.login, row.outcome, row.code, row.detail, row.password]
      .map(quoted)
      .join(","),
  );
  return `\ufeffline,login,outcome,code,detail,password\r\n${lines.join("\r\n")}\r\n`;
}
