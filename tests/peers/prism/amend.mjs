// Makes the document that Prism judges our requests by: Meta's own, pruned to what the gateway calls, with the
// amendments below. Each says what it changes and why, and fails when Meta's document no longer says what it amends:
// then it is to be looked at again.
//
//   node amend.mjs META.yaml OUT.json     writes the amended document
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

// The packages lie in a cache outside the clone: WASL_TEST_PRISM_PACKAGES, else beside this file.
const packages = process.env.WASL_TEST_PRISM_PACKAGES ?? import.meta.dirname;
const { parse } = createRequire(`${packages}/package.json`)('yaml');

const [source, target] = process.argv.slice(2);
const meta = parse(readFileSync(source, 'utf8'), { maxAliasCount: -1 });
const schemas = meta.components.schemas;

/** The schema a list of steps leads to. */
const at = (...steps) => steps.reduce((node, step) => {
  assert.ok(node?.[step] !== undefined, `Meta's document has no ${steps.join('/')}`);
  return node[step];
}, schemas);

/** Takes `item` out of a list that must hold it. */
function drop(list, item) {
  const index = list.indexOf(item);
  assert.ok(index >= 0, `${JSON.stringify(list)} no longer holds ${item}`);
  list.splice(index, 1);
}

const text = (maxLength, more = {}) => ({ type: 'string', minLength: 1, maxLength, ...more });
const closed = (required, properties) => ({ type: 'object', additionalProperties: false, required, properties });
/** Kinds told apart by `if`: an error names the place in the one that is meant; `oneOf` would name all of them. */
const chosen = (member, kinds) => Object.entries(kinds).map(([kind, then]) => ({
  if: { required: [member], properties: { [member]: { const: kind } } },
  then,
}));

// 1. Members every message may have that the document lacks: the callback data (page "Send messages", up to 512
//    characters; the document knows it for calls only), the identity key hash (page "Phone numbers", identity change
//    check) and `recipient` for people without a number (page "Business-scoped user IDs"), in place of `to`.
const base = at('BaseMessageProperties');
drop(base.required, 'to');
Object.assign(base.properties, {
  biz_opaque_callback_data: text(512),
  recipient_identity_key_hash: text(128),
  recipient: text(135, { pattern: '^[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}$' }),
});
base.properties.to = { type: 'string', pattern: '^\\+?[0-9]{5,15}$' };
base.properties.messaging_product = { type: 'string', enum: ['whatsapp'] };

// 2. Interactive messages newer than the document: a link, a request for a place, a request for the number. Their
//    body may have 1024 characters (pages "Interactive CTA URL messages", "Location request messages",
//    "Business-scoped user IDs").
const interactive = at('InteractiveObject');
const documented = at('ActionObject', 'oneOf');
const list = documented.find((it) => it.properties.button && it.properties.sections);
const buttons = documented.find((it) => it.properties.buttons);
const actions = {
  button: buttons,
  list,
  cta_url: closed(['name', 'parameters'], {
    name: { enum: ['cta_url'] },
    parameters: closed(['display_text', 'url'], { display_text: text(20), url: text(2000, { pattern: '^https?://' }) }),
  }),
  location_request_message: closed(['name'], { name: { enum: ['send_location'] } }),
  request_contact_info: closed(['name'], { name: { enum: ['request_contact_info'] } }),
};
// A kind that is new to the gateway is refused here until it is written down above.
interactive.properties.type.enum = Object.keys(actions);
interactive.required.push('body');
interactive.additionalProperties = false;
// The document refuses what is too long; what is empty or unknown is refused as well.
const reply = buttons.properties.buttons.items.properties.reply;
const section = at('SectionObject');
const row = section.properties.rows.items;
for (const it of [reply.properties.id, reply.properties.title, row.properties.id, row.properties.title,
  row.properties.description, list.properties.button, section.properties.title, at('BodyObject').properties.text,
  at('FooterObject').properties.text]) it.minLength = 1;
for (const it of [list, buttons, reply, row, section]) it.additionalProperties = false;

// 3. A place: the document types the degrees as strings and gives numbers as examples; the page says numbers.
const place = at('LocationMessage', 'allOf', 1, 'properties', 'location');
for (const [name, most] of [['latitude', 90], ['longitude', 180]]) {
  assert.equal(place.properties[name].type, 'string');
  place.properties[name] = { type: 'number', minimum: -most, maximum: most };
}
place.required = ['latitude', 'longitude'];

// 4. Templates: `policy` is not needed (no example of Meta's page "Message templates" has it); the pattern of
//    `index` refuses 0, of which every template begins; parameters may be named; what they hold is only described in
//    words, so the text and the payload are written down here.
drop(at('LanguageObject').required, 'policy');
const component = at('TemplateComponent');
assert.equal(component.properties.index.pattern, '^[2-6, 11-14]$');
component.properties.index.pattern = '^[0-9]$';
component.properties.parameters.items = {
  type: 'object',
  required: ['type'],
  allOf: chosen('type', {
    text: closed(['type', 'text'], {
      type: {},
      text: text(1024, { pattern: '^[^\\n\\t]*$' }),
      parameter_name: text(60, { pattern: '^[a-z0-9_]+$' }),
    }),
    payload: closed(['type', 'payload'], { type: {}, payload: text(128) }),
  }),
};
component.additionalProperties = false;
at('TemplateObject').additionalProperties = false;

// 5. "Mark as read" and the sign that somebody writes share the path of messages (page "Typing indicators"), but the
//    document has an example of them and no schema.
schemas.ReadMark = closed(['messaging_product', 'status', 'message_id'], {
  messaging_product: { enum: ['whatsapp'] },
  status: { enum: ['read'] },
  message_id: text(512, { pattern: '^wamid\\.' }),
  typing_indicator: closed(['type'], { type: { enum: ['text'] } }),
});

// 6. Text of 1 to 4096 characters, as the page "Text messages" says and the document does not.
const said = at('TextMessage', 'allOf', 1, 'properties', 'text');
said.required = ['body'];
Object.assign(said.properties.body, { minLength: 1, maxLength: 4096 });

// 7. A call is refused by its id alone (page "User-initiated calls"); the document wants `to`, which its own
//    description calls the callee of an outgoing call. The gateway places no calls.
const ended = at('CallTerminateRequestPayload');
assert.deepEqual(ended.properties.action.enum, ['terminate']);
ended.properties.action.enum.push('reject');
ended.properties.call_id = text(512, { pattern: '^wacid\\.' });
ended.additionalProperties = false;

// A closed schema under `allOf` means "the base and its own members" and is written out.
const kinds = {};
for (const [kind, ref] of Object.entries(at('Message', 'discriminator', 'mapping'))) {
  const name = ref.split('/').pop();
  const own = at(name, 'allOf', 1);
  schemas[name] = {
    ...closed([...base.required, ...own.required], { ...base.properties, ...own.properties, type: { enum: [kind] } }),
    anyOf: [{ required: ['to'] }, { required: ['recipient'] }],
  };
  kinds[kind] = { $ref: ref };
}
schemas.Message = {
  type: 'object',
  allOf: [
    {
      if: { required: ['status'] },
      then: { $ref: '#/components/schemas/ReadMark' },
      else: { required: ['type'], properties: { type: { enum: Object.keys(kinds) } } },
    },
    ...chosen('type', kinds),
  ],
};
delete interactive.properties.action.$ref;
interactive.allOf = chosen('type', Object.fromEntries(
  Object.entries(actions).map(([kind, action]) => [kind, { properties: { action } }]),
));

const called = ['/{Version}/{Phone-Number-ID}/messages', '/{Version}/{Phone-Number-ID}/calls'];
for (const path of called) assert.ok(meta.paths[path], `Meta's document has no ${path}`);
meta.paths = Object.fromEntries(called.map((path) => [path, meta.paths[path]]));
meta.paths[called[1]].post.requestBody.content['application/json'].schema = { $ref: '#/components/schemas/CallTerminateRequestPayload' };
writeFileSync(target, JSON.stringify(meta));
