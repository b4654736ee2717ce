import { init, use } from 'echarts/core';
import { LabelLayout, LegacyGridContainLabel } from 'echarts/features';
import 'echarts/lib/chart/bar.js';
import 'echarts/lib/chart/scatter.js';
import 'echarts/lib/component/aria.js';
import 'echarts/lib/component/gridSimple.js';
import 'echarts/lib/component/legendPlain.js';
import { SVGRenderer } from 'echarts/renderers';

/**
 * As much of ECharts as documents draw with: all of it takes half a second of work and 80 MB until it is read. What a
 * chart asks for and is not here is not drawn: `test/api/exportsPictures.test.ts` compares with all of it.
 */
use([LabelLayout, LegacyGridContainLabel, SVGRenderer]);

export { init };
