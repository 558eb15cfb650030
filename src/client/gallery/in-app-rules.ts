/*
 * Browsers inside other apps: they lose what a page keeps, are stopped with their app, and some of them cannot choose
 * more than one file. They get the plain form, which needs none of that.
 */

const APPS =
  /Instagram|FBAN|FBAV|FB_IAB|WhatsApp|Snapchat|musical_ly|BytedanceWebview|trill_|MicroMessenger|\bLine\/|LinkedInApp|Pinterest|Twitter|Threads|Barcelona/;

export type System = 'ios' | 'android' | 'other';

/**
 * @param isStandalone opened from the home screen, where Safari does not say that it is Safari
 * @returns the system it runs on, where this is a browser inside another app; else null
 */
export function inAppSystem(userAgent: string, isStandalone: boolean): System | null {
  const system = /iPhone|iPad|iPod/.test(userAgent) ? 'ios' : /Android/.test(userAgent) ? 'android' : 'other';
  if (APPS.test(userAgent)) return system;
  if (system === 'android') return /; wv\)/.test(userAgent) ? system : null;
  const isBare = system === 'ios' && !/Safari\//.test(userAgent);
  return isBare && !isStandalone ? system : null;
}

/** An address by which Android opens a page in the browser that its owner uses. */
export const intentAddress = (address: string): string => {
  const [scheme, rest] = address.split('#')[0]?.split('://') || [];
  return `intent://${rest}#Intent;scheme=${scheme};action=android.intent.action.VIEW;end`;
};
