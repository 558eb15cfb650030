import { sayingOf, waitOf, type News, type Saying } from './news-rules.ts';

/** Tells of what happens to own photos, one word for all that comes together. @returns what takes a piece of news */
export function gatherNews(say: (saying: Saying) => void): (news: News) => void {
  let gathered: News[] = [];
  let saidAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (news) => {
    gathered.push(news);
    if (timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        const saying = sayingOf(gathered);
        gathered = [];
        saidAt = Date.now();
        if (saying) say(saying);
      },
      waitOf(saidAt, Date.now()),
    );
  };
}
