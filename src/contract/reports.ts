/** Why a guest asks the host to look at a photo; `me`: "I am in this photo". */
export const REPORT_REASONS = ['me', 'offensive', 'private', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];
