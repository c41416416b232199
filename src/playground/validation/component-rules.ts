import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { Complaint } from './complaint.js';

/** The parts of a component that the rules look at. */
export interface ComponentFields {
  readonly type: number;
  readonly custom_id?: string | null;
  readonly style?: number;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly components?: readonly ComponentFields[] | null;
  readonly accessory?: ComponentFields | null;
  readonly component?: ComponentFields | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly options?: readonly { readonly value: string }[] | null;
}

/** The fields of a message that decide which components it may have. */
interface Surroundings {
  readonly components?: readonly ComponentFields[] | null;
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly flags?: number | null;
}

const ROWS = 5;
const V2_COMPONENTS = 40;

/** What Discord refuses in a message's components although its description allows it. */
export function componentRules({ components, content, embeds, flags }: Surroundings): Complaint[] {
  const rows = components ?? [];
  const isV2 = ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const complaints: Complaint[] = [];
  const all = [...walk(rows, ['components'])];
  if (isV2) {
    if (content || (embeds ?? []).length > 0) {
      complaints.push({
        path: ['flags'],
        code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        message: 'The content and embeds fields cannot be used with MessageFlags.IS_COMPONENTS_V2',
      });
    }
    if (all.length > V2_COMPONENTS) {
      complaints.push({
        path: ['components'],
        code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        message: `The maximum number of components is ${V2_COMPONENTS}`,
      });
    }
  } else {
    if (rows.length > ROWS) {
      complaints.push({
        path: ['components'],
        code: 'BASE_TYPE_BAD_LENGTH',
        message: `Must be between 1 and ${ROWS} in length.`,
      });
    }
    rows.forEach(({ type }, index) => {
      if (type === ComponentType.ActionRow) return;
      complaints.push({
        path: ['components', index, 'type'],
        code: 'UNION_TYPE_CHOICES',
        message: `Value of field "type" must be one of (1,).`,
      });
    });
  }
  return [
    ...complaints,
    ...duplicateIds(all),
    ...all.flatMap(([component, path]) => oneComponent(component, path)),
  ];
}

type Placed = readonly [component: ComponentFields, path: readonly PropertyKey[]];

function* walk(components: readonly ComponentFields[], path: readonly PropertyKey[]): Generator<Placed> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield [component, here];
    yield* walk(component.components ?? [], [...here, 'components']);
    if (component.accessory) yield [component.accessory, [...here, 'accessory']];
    if (component.component) yield [component.component, [...here, 'component']];
  }
}

function duplicateIds(all: readonly Placed[]): Complaint[] {
  const seen = new Set<string>();
  return all.flatMap(([{ custom_id }, path]) => {
    if (!custom_id) return [];
    const isNew = !seen.has(custom_id);
    seen.add(custom_id);
    if (isNew) return [];
    return [
      {
        path: [...path, 'custom_id'],
        code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
        message: 'Component custom id cannot be duplicated',
      },
    ];
  });
}

function oneComponent(component: ComponentFields, path: readonly PropertyKey[]): Complaint[] {
  if (component.type === ComponentType.ActionRow) return rowRules(component, path);
  if (component.type === ComponentType.Button) return buttonRules(component, path);
  const { options, max_values } = component;
  if (component.type !== ComponentType.StringSelect || options === undefined || options === null) return [];
  const values = options.map(({ value }) => value);
  const repeated = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (repeated >= 0) {
    return [
      {
        path: [...path, 'options', repeated, 'value'],
        code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        message: 'The specified option value is already used',
      },
    ];
  }
  if ((max_values ?? 1) <= options.length) return [];
  return [
    {
      path: [...path, 'max_values'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${options.length} or fewer.`,
    },
  ];
}

/** Five buttons, or one select. */
function rowRules({ components }: ComponentFields, path: readonly PropertyKey[]): Complaint[] {
  const inside = components ?? [];
  const hasOther = inside.some(({ type }) => type !== ComponentType.Button);
  if (!hasOther || inside.length === 1) return [];
  return [
    {
      path: [...path, 'components'],
      code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      message: 'The specified component exceeds the maximum width',
    },
  ];
}

function buttonRules(
  { style, custom_id, url, label, emoji, sku_id }: ComponentFields,
  path: readonly PropertyKey[],
): Complaint[] {
  const complaints: Complaint[] = [];
  const complain = (field: string, code: string, message: string) =>
    complaints.push({ path: [...path, field], code, message });
  if (style === ButtonStyle.Link) {
    if (!url) complain('url', 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required');
    if (custom_id)
      complain(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  } else if (style !== ButtonStyle.Premium) {
    if (!custom_id) complain('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    if (url)
      complain(
        'url',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  }
  if (!label && !emoji && !sku_id)
    complain('label', 'BUTTON_COMPONENT_INVALID_BUTTON', 'A button must have a label or an emoji');
  return complaints;
}
