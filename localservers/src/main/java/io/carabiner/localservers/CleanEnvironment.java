package io.carabiner.localservers;

/** The environment children get: the user's own, without what would steer a PostgreSQL or an anvil elsewhere. */
final class CleanEnvironment {

    private CleanEnvironment() {}

    static void apply(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG")
                        || name.startsWith("ANVIL_")
                        || name.startsWith("FOUNDRY_")
                        || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
    }
}
