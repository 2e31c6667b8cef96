import type {Report, World} from '../scenario.js';
import {NO_FIGURES} from '../figures.js';

export async function run(world: World): Promise<Report> {
  const tab = await world.openTab();
  await tab.visit({conversationId: 1});
  await tab.live();
  return {figures: {...NO_FIGURES, uncaught: tab.uncaught.length}, goals: []};
}
