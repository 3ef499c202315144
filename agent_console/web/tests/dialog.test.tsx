import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { setLang } from "../src/i18n/index.ts";
import { Dialog } from "../src/ui/Dialog.tsx";

afterEach(() => {
  render(null, document.body);
  setLang("en");
});

it("says what is missing in the language of the page, until it is typed", () => {
  setLang("zh");
  act(() =>
    render(
      <Dialog title="-" onClose={() => undefined}>
        <input required />
      </Dialog>,
      document.body,
    ),
  );
  const field = document.querySelector("input") as HTMLInputElement;
  expect(field.checkValidity()).toBe(false);
  expect(field.validationMessage).toBe("请填写此项。");
  field.value = "because";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(field.checkValidity()).toBe(true);
});
