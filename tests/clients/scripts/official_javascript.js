// What the official JavaScript client's own examples do, with its addresses pointed at a sandbox.

const { AuthClient, RestliClient } = require('linkedin-api-client');
const axios = require('axios');

const given = JSON.parse(process.argv[2]);
const point = (config) => {
  config.url = config.url.replace(/^https:\/\/(www|api)\.linkedin\.com/, given.url);
  return config;
};
const create = axios.create.bind(axios);
axios.create = (config) => {
  const instance = create(config);
  instance.interceptors.request.use(point);
  return instance;
};
axios.interceptors.request.use(point);

const versionString = '202609';
const said = {};

async function main() {
  const auth = new AuthClient({
    clientId: given.client_id,
    clientSecret: given.client_secret,
    redirectUrl: given.redirect_url,
  });
  const exchanged = await auth.exchangeAuthCodeForAccessToken(given.code);
  const accessToken = exchanged.access_token;
  said.scope = exchanged.scope;

  const client = new RestliClient();
  const me = await client.get({ resourcePath: '/userinfo', accessToken });
  said.sub = me.data.sub;

  const entity = {
    author: given.organization,
    commentary: 'Sent by a client that we did not write',
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
  };
  const created = await client.create({ resourcePath: '/posts', entity, accessToken, versionString });
  const id = created.createdEntityId;
  said.created = [created.status, id];

  const post = await client.get({ resourcePath: '/posts/{id}', pathKeys: { id }, accessToken, versionString });
  said.commentary = post.data.commentary;

  const updated = await client.partialUpdate({
    resourcePath: '/posts/{id}',
    pathKeys: { id },
    patchSetObject: { commentary: 'Changed by it' },
    accessToken,
    versionString,
  });
  said.updated = updated.status;

  const batch = await client.batchGet({ resourcePath: '/posts', ids: [id, 'urn:li:share:1'], accessToken, versionString });
  said.batch = [Object.keys(batch.data.results), Object.keys(batch.data.errors)];

  const found = await client.finder({
    resourcePath: '/posts',
    finderName: 'author',
    queryParams: { author: given.organization, count: 2 },
    accessToken,
    versionString,
  });
  said.found = [found.data.elements.length, found.data.elements[0].id === id];

  const many = [id];
  for (let number = 0; number < 130; number += 1) many.push(`urn:li:share:7000000000000000${100 + number}`);
  const tunnelled = await client.batchGet({ resourcePath: '/posts', ids: many, accessToken, versionString });
  said.tunnelled = [tunnelled.config.method, Object.keys(tunnelled.data.results), Object.keys(tunnelled.data.errors).length];

  const deleted = await client.delete({ resourcePath: '/posts/{id}', pathKeys: { id }, accessToken, versionString });
  said.deleted = deleted.status;
  console.log(JSON.stringify(said));
}

main().catch((problem) => {
  console.error(problem.message, problem.response && JSON.stringify(problem.response.data));
  process.exit(1);
});
