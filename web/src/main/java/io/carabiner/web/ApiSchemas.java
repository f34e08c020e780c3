package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carabiner.keystore.VrfKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON schemas of resources, read off the records that are written. Pure. */
final class ApiSchemas {

    private static final Map<String, Class<? extends Record>> RECORDS = Map.ofEntries(
            Map.entry("auditEntries", AuditRoutes.EntryAttributes.class),
            Map.entry("auditVerdicts", AuditRoutes.VerdictAttributes.class),
            Map.entry("auth_tokens", ApiTokens.Token.class),
            Map.entry("bridgeHealth", BridgeRoutes.HealthAttributes.class),
            Map.entry("bridges", BridgeRoutes.BridgeAttributes.class),
            Map.entry("chain", ChainRoutes.ChainAttributes.class),
            Map.entry("checks", HealthRoutes.CheckAttributes.class),
            Map.entry("configV2Resources", NodeRoutes.ConfigAttributes.class),
            Map.entry("csaKeys", StoredKeyRoutes.CsaAttributes.class),
            Map.entry("deadRequests", RetryRoutes.DeadAttributes.class),
            Map.entry("eTHKeys", EthKeyRoutes.EthKeyAttributes.class),
            Map.entry("encryptedP2PKeys", StoredKeyRoutes.P2pAttributes.class),
            Map.entry("encryptedVRFKeys", VrfKey.class),
            Map.entry("evm_actions", TransactionCareRoutes.ActionAttributes.class),
            Map.entry("evm_diagnosis", TransactionCareRoutes.DiagnosisAttributes.class),
            Map.entry("evm_forwarder", ForwarderRoutes.ForwarderAttributes.class),
            Map.entry("evm_key_diagnosis", TransactionCareRoutes.KeyDiagnosisAttributes.class),
            Map.entry("evm_transactions", TransactionRoutes.TransactionAttributes.class),
            Map.entry("external initiators", InitiatorRoutes.CreatedAttributes.class),
            Map.entry("externalInitiators", InitiatorRoutes.InitiatorAttributes.class),
            Map.entry("features", NodeRoutes.FeatureAttributes.class),
            Map.entry("jobSpecs", JobChangeRoutes.SpecAttributes.class),
            Map.entry("jobVersions", JobChangeRoutes.VersionAttributes.class),
            Map.entry("lca_response", BlockRoutes.CommonBlockAttributes.class),
            Map.entry("node", ChainRoutes.NodeAttributes.class),
            Map.entry("ocr keyV2s", StoredKeyRoutes.OcrAttributes.class),
            Map.entry("ocr2 keyV2s", StoredKeyRoutes.Ocr2Attributes.class),
            Map.entry("pipelineRun", RunRoutes.RunAttributes.class),
            Map.entry("replay", BlockRoutes.ReplayAttributes.class),
            Map.entry("rpcEndpoints", RpcRoutes.EndpointAttributes.class),
            Map.entry("rpcUsages", RpcRoutes.UsageAttributes.class),
            Map.entry("serviceLevelLogs", NodeRoutes.LogAttributes.class),
            Map.entry("session", SessionRoutes.SessionAttributes.class),
            Map.entry("users", UserRoutes.UserAttributes.class));

    /** Written as maps: their fields depend on what they are about. */
    private static final List<String> OPEN = List.of("jobs", "jobLints", "jobTests", "runReplays");

    private ApiSchemas() {}

    /** The type as it stands in answers: without the word that tells two of one name apart. */
    static String typeName(String type) {
        return type.startsWith("ocr") ? type.substring(type.indexOf(' ') + 1) : type;
    }

    /**
     * A resource.
     *
     * @throws IllegalArgumentException if nothing is known of the type
     */
    static Map<String, Object> resource(String type) {
        return object(Map.of(
                "type", Map.of("type", "string", "const", typeName(type)),
                "id", Map.of("type", "string"),
                "attributes", attributes(type)));
    }

    private static Map<String, Object> attributes(String type) {
        if (OPEN.contains(type)) {
            return Map.of("type", "object");
        }
        Class<? extends Record> written = RECORDS.get(type);
        if (written == null) {
            throw new IllegalArgumentException("nothing is known of resources of the type " + type);
        }
        return record(written);
    }

    private static Map<String, Object> object(Map<String, ?> properties) {
        return Map.of("type", "object", "properties", properties);
    }

    private static Map<String, Object> record(Class<?> written) {
        LinkedHashMap<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : written.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            properties.put(name, schema(component.getGenericType()));
        }
        return object(properties);
    }

    private static Map<String, Object> schema(Type type) {
        return switch (type) {
            case ParameterizedType outer
            when outer.getRawType() == Optional.class -> orNull(schema(outer.getActualTypeArguments()[0]));
            case ParameterizedType outer
            when outer.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw) ->
                Map.of("type", "array", "items", schema(outer.getActualTypeArguments()[0]));
            case Class<?> plain -> plain(plain);
            default -> Map.of();
        };
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return schema.get("type") instanceof String type && !type.equals("object")
                ? Map.of("type", List.of(type, "null"))
                : Map.of();
    }

    private static Map<String, Object> plain(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return Map.of("type", "integer");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == String.class || type.isEnum()) {
            return Map.of("type", "string");
        }
        return type.isRecord() ? record(type) : Map.of();
    }
}
