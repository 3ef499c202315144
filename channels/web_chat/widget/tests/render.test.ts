import { beforeEach, describe, expect, it } from "vitest";
import { fill, h, icon } from "../src/view/render.ts";

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
});

describe("fill", () => {
  it("never reads text as HTML", () => {
    fill(root, [h("p", {}, "<img src=x onerror=alert(1)>")]);
    expect(root.querySelector("img")).toBeNull();
    expect(root.textContent).toBe("<img src=x onerror=alert(1)>");
  });

  it("keeps what stays, in place", () => {
    fill(root, [h("i", { key: 1 }), h("i", { key: 3 })]);
    const [one, three] = [...root.children];
    fill(root, [h("i", { key: 1 }), h("i", { key: 2 }), h("i", { key: 3 })]);
    expect([root.children[0], root.children[2]]).toEqual([one, three]);
    fill(root, [h("i", { key: 3 })]);
    expect([...root.children]).toEqual([three]);
  });

  it("does not move its neighbours when one comes or goes", () => {
    const input = h("input", { key: "box" });
    fill(root, [false, input]);
    root.querySelector("input")!.focus();
    fill(root, [h("p", {}, "new"), input]);
    expect(document.activeElement).toBe(root.querySelector("input"));
    fill(root, [false, input]);
    expect(document.activeElement).toBe(root.querySelector("input"));
  });

  it("sets, changes and takes away attributes", () => {
    fill(root, [h("button.big", { disabled: true, title: "a" })]);
    const button = root.querySelector("button")!;
    expect(button.outerHTML).toBe('<button disabled="" title="a" class="big"></button>');
    fill(root, [h("button", { disabled: false })]);
    expect(button.attributes.length).toBe(0);
  });

  it("calls the newest handler, whose answer cancels nothing", () => {
    const heard: string[] = [];
    fill(root, [h("button", { click: () => heard.push("old") })]);
    fill(root, [h("button", { click: () => (heard.push("new"), false) })]);
    const event = new Event("click", { cancelable: true });
    root.querySelector("button")!.dispatchEvent(event);
    expect(heard).toEqual(["new"]);
    expect(event.defaultPrevented).toBe(false);
  });

  it("leaves alone what looks the same", () => {
    fill(root, [h("p", { memo: "a" }, "one")]);
    fill(root, [h("p", { memo: "a" }, "two")]);
    expect(root.textContent).toBe("one");
    fill(root, [h("p", { memo: "b" }, "two")]);
    expect(root.textContent).toBe("two");
  });

  it("draws pictures", () => {
    fill(root, [icon("send")]);
    expect(root.querySelector("path")!.namespaceURI).toBe("http://www.w3.org/2000/svg");
  });
});
