import { use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';

use(LabelLayout);
