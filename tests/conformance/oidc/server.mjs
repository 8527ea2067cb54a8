// An OAuth server that somebody else wrote (oidc-provider), with client credentials, passwords, and refresh tokens that rotate.
// A refresh token that comes twice revokes its whole family.
import { createRequire } from 'node:module';

const [folder, port] = process.argv.slice(2);
const { default: Provider } = await import(createRequire(`${folder}/`).resolve('oidc-provider'));
const issuer = `http://127.0.0.1:${port}`;

const client = (id, method) => ({
  client_id: id,
  client_secret: `secret of ${id}: 100%`,
  grant_types: ['client_credentials', 'password', 'refresh_token'],
  token_endpoint_auth_method: method,
  redirect_uris: [],
  response_types: [],
  scope: 'openid offline_access',
});

const provider = new Provider(issuer, {
  clients: [client('basic', 'client_secret_basic'), client('body', 'client_secret_post')],
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: { clientCredentials: { enabled: true }, introspection: { enabled: true }, devInteractions: { enabled: false } },
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, ClientCredentials: 3600, RefreshToken: 86400, Grant: 86400 },
});

provider.registerGrantType('password', async (ctx) => {
  const { client, params } = ctx.oidc;
  if (params.username !== 'ann' || params.password !== 'p+w & ü') {
    ctx.status = 400;
    ctx.body = { error: 'invalid_grant' };
    return;
  }
  const scope = 'openid offline_access';
  const grant = new provider.Grant({ accountId: params.username, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const token = { accountId: params.username, client, grantId: await grant.save(), gty: 'password', scope };
  const access = await new provider.AccessToken({ ...token, claims: {} }).save();
  const refresh = await new provider.RefreshToken({ ...token, claims: {} }).save();
  ctx.body = { access_token: access, refresh_token: refresh, expires_in: 3600, token_type: 'Bearer' };
}, ['username', 'password', 'scope']);

const counts = { refresh: 0, mint: 0, rejected: 0 };
provider.on('grant.success', (ctx) => { counts[ctx.oidc.params.grant_type === 'refresh_token' ? 'refresh' : 'mint'] += 1; });
provider.on('server_error', (_, error) => console.error(error));
provider.on('grant.error', (_, error) => { counts.rejected += 1; console.error(error.message, error.error_detail ?? error.error_description); });
provider.use(async (ctx, next) => {
  if (ctx.path !== '/counts') return next();
  ctx.body = counts;
});
provider.listen(Number(port), '127.0.0.1');
