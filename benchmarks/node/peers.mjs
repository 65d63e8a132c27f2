// The npm peers and the reference's hash doing the work of benchmarks/Experiments.Benchmarks: one experiment with two conditions that
// hold (country in a list, plan equal) and a split of two variants, and all of 100 such. Offline: features are in memory, no peer opens
// a connection. Prints JSON: nanoseconds of one, medians of slices; slices of all works alternate, so a slow moment hits all of them.
//
// usage: node peers.mjs [--slices N] [--slice-ms N] [--out FILE]
import { EventEmitter } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { GrowthBookClient } from '@growthbook/growthbook';
import * as launchDarkly from '@launchdarkly/node-server-sdk';
import { TestData } from '@launchdarkly/node-server-sdk/integrations';
import murmurhash from 'murmurhash';
import { Unleash } from 'unleash-client';

const { values: options } = parseArgs({
  options: {
    slices: { type: 'string', default: '15' },
    'slice-ms': { type: 'string', default: '20' },
    out: { type: 'string' },
  },
});
const slices = Number(options.slices);
const sliceMs = Number(options['slice-ms']);
const warmUpSlices = 20;

const count = 100;
const decided = 42;
const users = Array.from({ length: 64 }, (_, i) => `user-${100 + i}`);
const countries = ['CA', 'GB', 'US', 'DE'];
const keyOf = (i) => `checkout-button-${String(i).padStart(5, '0')}`;
const saltOf = (i) => `0d9c1f6e-58b7-4e0b-9f3c-${String(i).padStart(12, '0')}`;
const keys = Array.from({ length: count }, (_, i) => keyOf(i));
const colors = { control: { color: '#0066cc' }, treatment: { color: '#00cc66' } };
const lock = JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url), 'utf8'));
const titleOf = (name) => `${name} ${lock.packages[`node_modules/${name}`].version}`;

// --- Peers: each answers the key of a variant, and the number of variants that all of them gave ---------------------

function growthBook() {
  const features = Object.fromEntries(keys.map((key, i) => [key, {
    defaultValue: null,
    rules: [{
      key, seed: saltOf(i), hashAttribute: 'id', hashVersion: 2,
      condition: { country: { $in: countries }, plan: 'pro' },
      variations: [colors.control, colors.treatment], weights: [0.5, 0.5], coverage: 1,
      meta: [{ key: 'control' }, { key: 'treatment' }],
    }],
  }]));
  const client = new GrowthBookClient({ remoteEval: false }).initSync({ payload: { features } });
  const context = (user) => ({ attributes: { id: user, country: 'US', plan: 'pro' } });
  return {
    name: titleOf('@growthbook/growthbook'),
    one: (user) => client.evalFeature(keys[decided], context(user)).experimentResult?.key,
    all: (user) => {
      const userContext = context(user);
      let assigned = 0;
      for (const key of keys) assigned += client.evalFeature(key, userContext).experimentResult ? 1 : 0;
      return assigned;
    },
    close: () => client.destroy(),
  };
}

async function unleash() {
  const toggles = new Map(keys.map((key, i) => [key, {
    name: key, type: 'experiment', enabled: true, stale: false, impressionData: false, project: 'default', variants: [],
    strategies: [{
      name: 'flexibleRollout', parameters: { rollout: '100', stickiness: 'userId', groupId: saltOf(i) },
      constraints: [
        { contextName: 'country', operator: 'IN', values: countries, inverted: false, caseInsensitive: false },
        { contextName: 'plan', operator: 'IN', values: ['pro'], inverted: false, caseInsensitive: false },
      ],
      variants: ['control', 'treatment'].map((name) => ({
        name, weight: 500, stickiness: 'userId', payload: { type: 'json', value: JSON.stringify(colors[name]) },
      })),
    }],
  }]));
  const enhanced = [...toggles.values()];
  class Memory extends EventEmitter {
    getToggle(name) { return toggles.get(name); }
    getToggles() { return enhanced; }
    getTogglesWithSegmentData() { return enhanced; }
    getSegment() { return undefined; }
    async start() { this.emit('ready'); this.emit('changed'); }
    stop() {}
  }
  const client = new Unleash({
    appName: 'peers', url: 'http://127.0.0.1:9/api/', repository: new Memory(), disableMetrics: true, disableAutoStart: true,
    skipInstanceCountWarning: true,
  });
  client.on('error', () => {});
  await client.start();
  const context = (user) => ({ userId: user, properties: { country: 'US', plan: 'pro' } });
  return {
    name: titleOf('unleash-client'),
    one: (user) => client.getVariant(keys[decided], context(user)).name,
    all: (user) => {
      const userContext = context(user);
      let assigned = 0;
      for (const key of keys) assigned += client.getVariant(key, userContext).enabled ? 1 : 0;
      return assigned;
    },
    close: () => client.destroy(),
  };
}

async function launchDarklySdk() {
  const data = new TestData();
  keys.forEach((key, i) => data.usePreconfiguredFlag({
    key, version: 1, on: true, salt: saltOf(i), targets: [], prerequisites: [], offVariation: 0,
    variations: [colors.control, colors.treatment], fallthrough: { variation: 0 },
    rules: [{
      id: 'rule', trackEvents: false,
      clauses: [
        { contextKind: 'user', attribute: 'country', op: 'in', values: countries, negate: false },
        { contextKind: 'user', attribute: 'plan', op: 'in', values: ['pro'], negate: false },
      ],
      rollout: { kind: 'rollout', contextKind: 'user', variations: [{ variation: 0, weight: 50000 }, { variation: 1, weight: 50000 }] },
    }],
  }));
  const client = launchDarkly.init('sdk-key', {
    updateProcessor: data.getFactory(), sendEvents: false, diagnosticOptOut: true,
    logger: { error: console.error, warn() {}, info() {}, debug() {} },
  });
  await client.waitForInitialization({ timeout: 10 });
  const context = (user) => ({ kind: 'user', key: user, country: 'US', plan: 'pro' });
  const nameOf = (detail) => (detail.reason.kind === 'RULE_MATCH' ? ['control', 'treatment'][detail.variationIndex] : undefined);

  // It answers through promises only, so each is awaited: that is what a caller pays.
  return {
    name: titleOf('@launchdarkly/node-server-sdk'),
    isAsync: true,
    one: async (user) => nameOf(await client.variationDetail(keys[decided], context(user), null)),
    all: async (user) => {
      const state = await client.allFlagsState(context(user));
      let assigned = 0;
      for (const key of keys) assigned += state.getFlagValue(key) ? 1 : 0;
      return assigned;
    },
    close: () => client.close(),
  };
}

const saltOf42 = saltOf(decided);
const hash = {
  name: `murmurhash ${lock.packages['node_modules/murmurhash'].version} (the reference's hash)`,
  one: (user) => (murmurhash.v3(`${user}:${saltOf42}`) % 10000 < 5000 ? 'control' : 'treatment'),
};

// --- Measuring -----------------------------------------------------------------------------------------------------

// A work in chunks: nanoseconds of one.
async function slice(work) {
  let done = 0;
  let sum = 0;
  const start = process.hrtime.bigint();
  const end = start + BigInt(sliceMs * 1e6);
  let now = start;
  while (now < end) {
    if (work.isAsync) {
      for (let i = 0; i < work.chunk; i++) sum += (await work.run(users[i & 63])) ? 1 : 0;
    } else {
      for (let i = 0; i < work.chunk; i++) sum += work.run(users[i & 63]) ? 1 : 0;
    }
    done += work.chunk;
    now = process.hrtime.bigint();
  }
  if (sum !== done) throw new Error(`${work.peer}: ${sum} of ${done} were decided`);
  return Number(now - start) / done;
}

async function check(peer) {
  const names = new Set();
  for (const user of users) names.add(await peer.one(user));
  if (names.size !== 2 || !names.has('control') || !names.has('treatment')) throw new Error(`${peer.name} decides ${[...names]}`);
  const assigned = peer.all ? await peer.all(users[0]) : count;
  if (assigned !== count) throw new Error(`${peer.name} assigns ${assigned} of ${count}`);
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const peers = [hash, growthBook(), await unleash(), await launchDarklySdk()];
for (const peer of peers) await check(peer);
const works = peers.flatMap((peer) => [
  { peer: peer.name, work: peer.all ? 'one' : 'hash', run: peer.one, isAsync: peer.isAsync, chunk: peer.all ? 64 : 1024, times: [] },
  ...(peer.all ? [{ peer: peer.name, work: `all-${count}`, run: peer.all, isAsync: peer.isAsync, chunk: 4, times: [] }] : []),
]);
for (const work of works) for (let i = 0; i < Math.min(warmUpSlices, slices * 2); i++) await slice(work);
for (let i = 0; i < slices; i++) for (const work of works) work.times.push(await slice(work));
for (const peer of peers) peer.close?.();

const result = JSON.stringify({
  date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  node: process.versions.node,
  rows: works.map(({ peer, work, times }) => ({ peer, work, ns: Math.round(median(times) * 10) / 10 })),
}, null, 2);
if (options.out) writeFileSync(options.out, `${result}\n`);
console.log(result);
process.exit(0);
