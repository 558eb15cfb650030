import type { EventList } from '../../../contract/events.ts';
import type { Screen } from '../../../contract/screens.ts';
import type { Site } from '../../../contract/sites.ts';
import type { Refusal } from '../../shared/api.ts';
import { useLoad, type Page } from '../people/use-load.ts';
import { groupsOf } from './screen-rules.ts';
import type { Places } from './settings/fields.ts';

/** Events, sites and groups to choose from; null while they are loaded. */
export function usePlaces(screens: readonly Screen[]): {
  places: Places | null;
  refusal: Refusal | null;
  again: () => void;
} {
  const events = useLoad<EventList>('/api/v1/events?limit=200');
  const sites = useLoad<Page<Site>>('/api/v1/sites?limit=200');
  const places =
    events.data && sites.data
      ? { events: events.data.items, sites: sites.data.items, groups: groupsOf(screens) }
      : null;
  const again = () => {
    void events.load();
    void sites.load();
  };
  return { places, refusal: events.refusal || sites.refusal, again };
}
