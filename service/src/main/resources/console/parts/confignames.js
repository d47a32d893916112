// The tenant's pipelines as [id, name] pairs, for choices and for tables that have ids only.
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { store } from '../core/store.js';

export function useConfigNames() {
  const configs = useLoad(() => get(`/scheduler/tenant/${encodeURIComponent(store.tenant)}/pipelines?limit=200`), [store.tenant]);
  return (configs.data?.pipelines || []).map(config => [config.config_id, config.pipeline_name || config.template_name]);
}
