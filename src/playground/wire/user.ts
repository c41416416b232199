import type { User } from '../world/places.js';

/** A user as others see one. */
export function userObject(user: User) {
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    avatar_decoration_data: null,
    collectibles: null,
    banner: null,
    accent_color: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    bot: user.bot,
    system: false,
  };
}

/** The bot's view of itself (`/users/@me`). */
export function ownUser(user: User) {
  return { ...userObject(user), mfa_enabled: true, locale: user.locale, verified: true, email: null };
}
