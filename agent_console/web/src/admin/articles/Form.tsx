import { timeZone } from "../../i18n/index.ts";
import { momentOf } from "../../lib/zone.ts";
import { Field, Input, Select, TextArea } from "../../ui/index.ts";
import { wall } from "./MomentField.tsx";
import { listed, write, type Audience, type Document } from "./model.ts";
import { t } from "./texts.ts";

const AUDIENCES: readonly Audience[] = ["public", "customers", "agents", "team"];

/** What an author writes of one article. */
export function Form({ document }: { document: Document }) {
  return (
    <div class="author-form">
      <Input
        label={t("title")}
        required
        value={document.title}
        onInput={(title) => write({ title })}
      />
      <div class="admin-two">
        <Input
          label={t("topic")}
          required
          value={document.category}
          onInput={(category) => write({ category })}
        />
        <Readers document={document} />
        <Input
          label={t("owner")}
          hint={t("owner_hint")}
          value={document.owner}
          onInput={(owner) => write({ owner })}
        />
        <Input
          label={t("reviewed")}
          type="date"
          value={document.reviewed}
          onInput={(reviewed) => write({ reviewed })}
        />
      </div>
      <Dates document={document} />
      <TextArea
        label={t("body")}
        required
        rows={16}
        value={document.body}
        onInput={(body) => write({ body })}
      />
      <TextArea
        label={t("questions")}
        rows={3}
        value={document.questions.join("\n")}
        onInput={(text) => write({ questions: lines(text, /\n/) })}
      />
      <Labels document={document} />
    </div>
  );
}

/** From when until when it is told; both may be left open. */
function Dates({ document }: { document: Document }) {
  return (
    <div class="admin-two">
      <Bound
        label={t("valid_from")}
        hint={t("valid_from_hint")}
        at={document.valid_from_at}
        onInput={(valid_from_at) => write({ valid_from_at })}
      />
      <Bound
        label={t("valid_until")}
        hint={t("valid_until_hint")}
        at={document.valid_until_at}
        onInput={(valid_until_at) => write({ valid_until_at })}
      />
    </div>
  );
}

/** What it is about, beside its words. */
function Labels({ document }: { document: Document }) {
  return (
    <div class="admin-two">
      <Input
        label={t("tags")}
        value={document.tags.join(", ")}
        onInput={(text) => write({ tags: lines(text, /[,，]/) })}
      />
      <Input
        label={t("products")}
        hint={t("products_hint")}
        value={document.products.join(", ")}
        onInput={(text) => write({ products: lines(text, /[,，]/) })}
      />
    </div>
  );
}

function lines(text: string, at: RegExp): string[] {
  const parts = text.split(at).map((one) => one.trimStart());
  return parts.filter((one, index, all) => one !== "" || index === all.length - 1);
}

/** For whom it is; one team's article names the team. */
function Readers({ document }: { document: Document }) {
  const known = listed.value?.teams ?? [];
  const teams = !document.team || known.includes(document.team) ? known : [document.team, ...known];
  const choose = (to: string): void => {
    const audience = AUDIENCES.find((one) => one === to) ?? "public";
    write({ audience, team: audience === "team" ? document.team || (teams[0] ?? "") : "" });
  };
  return (
    <>
      <Select label={t("audience")} value={document.audience} onChange={choose}>
        {AUDIENCES.filter((one) => one !== "team" || teams.length > 0).map((one) => (
          <option key={one} value={one}>
            {t(`audience_${one}`)}
          </option>
        ))}
      </Select>
      {document.audience === "team" && (
        <Select
          label={t("team")}
          hint={t("team_hint")}
          value={document.team}
          onChange={(team) => write({ team })}
        >
          {teams.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}

interface BoundProps {
  label: string;
  hint: string;
  at: number | null;
  onInput: (at: number | null) => void;
}

/** A moment by the bank's clock that may be left open. */
function Bound({ label, hint, at, onInput }: BoundProps) {
  const read = (value: string): void => {
    const moment = momentOf(value, timeZone.value);
    onInput(Number.isFinite(moment) ? moment : null);
  };
  return (
    <Field label={label} hint={`${hint} ${t("banks_clock", { zone: timeZone.value })}`}>
      {(attributes) => (
        <input
          {...attributes}
          class="in"
          type="datetime-local"
          value={at === null ? "" : wall(at)}
          onInput={(event) => read(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
