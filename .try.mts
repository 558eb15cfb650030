import { benchThumbnails } from './src/test/bench/thumbnails/index.ts';
import { textOf } from './src/test/bench/report.ts';
import { BENCH_PHOTOS } from './src/test/corpus/bench-photos.ts';
console.log(textOf(await benchThumbnails({inRuntime:true,rounds:1,warmUp:1,photos:BENCH_PHOTOS.filter(p=>['12 MP JPEG','12 MP PNG','12 MP WebP'].includes(p.name))})));
