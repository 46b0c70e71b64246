/** Rows as the documents of this room select them. Ids are JSON numbers. */
export interface ProxyRow {
  readonly proxy_id: number;
  readonly proxy_name: string;
  readonly proxy_globalconfigs: readonly { readonly globalconfig: GlobalConfigRow }[];
}

export interface GlobalConfigRow {
  readonly globalconfig_id: number;
  readonly globalconfig_name: string;
  readonly globalconfig_type: string | null;
  readonly config: string | null;
}

export interface ServiceRow {
  readonly service_id: number;
  readonly service_name: string;
  readonly fqdn: string | null;
  readonly proxy_services: readonly { readonly proxy_id: number }[];
  readonly routes: readonly RouteRow[];
  readonly service_filters: readonly { readonly filter: FilterRow }[];
  readonly service_secrets: readonly { readonly service_secret_id: number; readonly secret: SecretRow }[];
}

export interface RouteRow {
  readonly route_id: number;
  readonly route_name: string;
  readonly route_prefix: string | null;
  readonly route_config: string | null;
  readonly route_upstreams: readonly { readonly upstream: UpstreamRow }[];
  readonly route_filters: readonly { readonly filter: FilterRow }[];
}

export interface UpstreamRow {
  readonly upstream_id: number;
  readonly upstream_name: string;
  readonly upstream_ip: string | null;
  readonly upstream_port: number | null;
  readonly upstream_weight: number | null;
  readonly upstream_protocol: string | null;
  readonly upstream_strategy: string | null;
  readonly upstream_hc_path: string | null;
  readonly upstream_hc_host: string | null;
  readonly upstream_hc_intervalseconds: number | null;
  readonly upstream_hc_timeoutseconds: number | null;
  readonly upstream_hc_unhealthythresholdcount: number | null;
  readonly upstream_hc_healthythresholdcount: number | null;
  readonly upstream_validation_cacertificate: string | null;
  readonly upstream_validation_subjectname: string | null;
}

export interface FilterRow {
  readonly filter_id: number;
  readonly filter_name: string;
  readonly filter_type: string | null;
  readonly filter_config: string | null;
}

export interface SecretRow {
  readonly secret_id: number;
  readonly secret_name: string;
  readonly secret_key: string | null;
  readonly secret_cert: string | null;
}

/** A secret as the certificate authority of an upstream: without its private key. */
export interface AuthorityRow {
  readonly secret_id: number;
  readonly secret_name: string;
  readonly secret_cert: string | null;
  readonly artifacts: readonly {
    readonly artifact_id: number;
    readonly artifact_type: string;
    readonly artifact_value: string;
  }[];
}
