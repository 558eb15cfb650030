import type { StaffEvent } from '../../../../contract/events.ts';
import type { Site } from '../../../../contract/sites.ts';
import type { FormProblem, Group, ScreenForm } from '../screen-rules.ts';

/** What a screen may be put on, where it may stand, and whom it may go with. */
export interface Places {
  events: readonly Pick<StaffEvent, 'id' | 'slug' | 'name' | 'status' | 'endsAt' | 'settings'>[];
  sites: readonly Pick<Site, 'id' | 'name'>[];
  groups: readonly Group[];
}

export interface FieldsProps {
  form: ScreenForm;
  set: (values: Partial<ScreenForm>) => void;
  problems: readonly FormProblem[];
}
