import { both } from "../../i18n/index.ts";
import { listed } from "./model.ts";
import { t } from "./texts.ts";

interface Props {
  skills: ReadonlyArray<[string, number]>;
  onSkills: (skills: Array<[string, number]>) => void;
}

const LEVELS = [0, 1, 2, 3, 4, 5] as const;

/** Every skill of the bank with its level; none is a level too. */
export function SkillsField({ skills, onSkills }: Props) {
  const levels = new Map(skills);
  const set = (skill: string, level: number): void => {
    const rest = skills.filter(([one]) => one !== skill);
    onSkills(level === 0 ? rest : [...rest, [skill, level]]);
  };
  return (
    <fieldset class="admin-set admin-skills">
      <legend class="lbl">{t("skills")}</legend>
      {(listed.value?.skills ?? []).map((skill) => (
        <label key={skill.id} class="admin-skill">
          <span>{both(skill.name)}</span>
          <select
            class="in"
            value={levels.get(skill.id) ?? 0}
            onChange={(event) => set(skill.id, Number(event.currentTarget.value))}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {level === 0 ? t("none") : t(`level_${level}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}
