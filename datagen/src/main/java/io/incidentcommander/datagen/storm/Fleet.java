// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/** Names of the services that a storm is about, and who runs them where. */
final class Fleet {
    private static final String[] AREAS = {
        "cart", "catalog", "search", "shipping", "returns", "pricing", "loyalty", "reviews",
        "identity", "sessions", "billing", "invoices", "ledger", "fraud", "tax", "media",
        "mail", "exports", "reports", "geo", "wishlist", "vouchers", "suppliers", "forecast",
        "stores"
    };
    private static final String[] ROLES = {
        "api", "worker", "db", "cache", "gateway", "indexer", "scheduler", "web"
    };
    private static final String[] REGIONS = {"eu-west-1", "us-east-1", "eu-central-1"};

    private Fleet() {}

    /** The i-th service: {@code cart-api}; past the first 200 numbered, {@code cart-api-1}. */
    static String service(int i) {
        int names = AREAS.length * ROLES.length;
        String name = AREAS[i % AREAS.length] + "-" + ROLES[i / AREAS.length % ROLES.length];
        return i < names ? name : name + "-" + i / names;
    }

    /** The team that owns the service: its area. */
    static String team(String service) {
        int dash = service.indexOf('-');
        return dash < 0 ? service : service.substring(0, dash);
    }

    static String region(String service) {
        return REGIONS[Math.floorMod(service.hashCode(), REGIONS.length)];
    }
}
