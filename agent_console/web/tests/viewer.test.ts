import { describe, expect, it } from "vitest";
import { kindName, shownAs, wordsHref } from "../src/desk/viewer/kinds.ts";

const office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

describe("a file of a talk", () => {
  it("is shown by its kind, and never run", () => {
    expect(shownAs({ media_type: "image/webp" })).toBe("image");
    expect(shownAs({ media_type: "application/pdf" })).toBe("pdf");
    expect(shownAs({ media_type: office })).toBe("words");
    expect(shownAs({ media_type: "text/plain" })).toBe("words");
    expect(shownAs({ media_type: "text/html" })).toBeNull();
    expect(shownAs({ media_type: "image/svg+xml" })).toBeNull();
  });

  it("is called by the ending of its name", () => {
    expect(kindName({ name: "letter.docx", media_type: office })).toBe("DOCX");
    expect(kindName({ name: "scan", media_type: "image/png" })).toBe("PNG");
  });

  it("has its words at the same address, with the same ticket", () => {
    expect(wordsHref("/files/fil_1?t=abc&case=c1")).toBe("/files/fil_1/words?t=abc&case=c1");
  });
});
