import { privilegeValue, type Session } from './session.js';
import { type Category, type Entry, findPermission, type World } from './world.js';

export const ENTITLEMENT_FEATURE = 'FEATURE_ENTITLEMENT';

/**
 * Does entitlement hold for this key? The feature must be on, and the default or the key must want it; the wish for it beats the
 * wish against it. Type, `*` and roles exempt nobody, and the names must match exactly (facts 5.10).
 */
function isEnforced({ account, privileges }: Session): boolean {
  if (findPermission(account, ENTITLEMENT_FEATURE) === undefined) return false;
  if (privileges.includes('enableentitlement')) return true;
  return account.defaultEntitlementEnforcement && !privileges.includes('disableentitlement');
}

const contextsOf = ({ object }: Category): string[] => (object.privacyContexts ?? '').split(',').filter(Boolean);

/** Without a context in the key, what has one is hidden; with one, what has another or none is (facts 5.10). */
function isInContext(category: Category, context: string | undefined): boolean {
  const contexts = contextsOf(category);
  return context === undefined ? contexts.length === 0 : contexts.includes(context);
}

export function seesCategory(session: Session, category: Category): boolean {
  if (category.object.partnerId !== session.account.partnerId) return false;
  if (!isEnforced(session)) return true;
  const context = privilegeValue(session, 'privacycontext');
  if (!isInContext(category, context)) return false;
  return context === undefined || category.object.appearInList === 1 || isMember(session, category);
}

export function seesEntry(session: Session, entry: Entry, world: World): boolean {
  const { id, partnerId } = entry.object;
  if (partnerId !== session.account.partnerId) return false;
  if (!isEnforced(session)) return true;
  if (privilegeValue(session, 'disableentitlementforentry')?.split('/').includes(id)) return true;
  const context = privilegeValue(session, 'privacycontext');
  const categories = world.categories.filter((category) => entry.categoryIds.includes(category.object.id));
  if (context === undefined) return categories.every((category) => isInContext(category, context));
  return categories.some((category) => isInContext(category, context) && opensContent(session, category));
}

const isMember = ({ fields }: Session, { members }: Category): boolean => members.includes(fields.userId ?? '');

function opensContent(session: Session, category: Category): boolean {
  const { privacy } = category.object;
  const isKnownUser = !['', '0'].includes(session.fields.userId ?? '');
  return privacy === 1 || (privacy === 2 && isKnownUser) || isMember(session, category);
}
