package io.carabiner.doctor;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.config.EvmConfig;
import io.carabiner.config.EvmNode;
import io.carabiner.config.NodeConfig;
import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.Keccak256;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.EndpointVisit;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcReply;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What the keys of a chain can do: pay, and answer at the contracts of the jobs. */
final class KeyCheckup {

    private static final String KEYS = "keys";
    private static final String JOBS = "jobs";
    private static final int WEI_DIGITS = 18;

    /** Less than this pays for few answers on any chain; a chain's own limit is in {@code Carabiner.EVM.LowBalance}. */
    private static final Wei LOW_BALANCE = new Wei(BigInteger.TEN.pow(16));

    private static final String IS_SENDER =
            Keccak256.hashText("isAuthorizedSender(address)").toString().substring(0, 10);

    private static final Pattern CONTRACT =
            Pattern.compile("(?m)^\\s*contractAddress\\s*=\\s*[\"'](0x[0-9a-fA-F]{40})[\"']");
    private static final Pattern CHAIN_ID = Pattern.compile("(?m)^\\s*evmChainID\\s*=\\s*[\"']?([0-9]{1,78})");

    /** A job that answers at a contract. */
    private record Job(int id, String contract, Optional<String> chainId) {}

    private final NodeConfig config;
    private final EvmConfig chain;
    private final EndpointVisit endpoint;
    private final List<Finding> findings = new ArrayList<>();

    private KeyCheckup(NodeConfig config, EvmConfig chain, EndpointVisit endpoint) {
        this.config = config;
        this.chain = chain;
        this.endpoint = endpoint;
    }

    /** Nothing is found where the database or every endpoint is silent: others say so. */
    static List<Finding> of(NodeConfig config, EvmConfig chain) {
        Optional<EvmNode> node = chain.nodes().stream()
                .filter(each -> !each.sendOnly() && each.httpUrl().isPresent())
                .findFirst();
        if (node.isEmpty()) {
            return List.of();
        }
        URI url = node.get().httpUrl().orElseThrow();
        try (DatabaseVisit visit =
                        DatabaseVisit.open(config.secrets().databaseUrl().reveal());
                EndpointVisit endpoint = EndpointVisit.of(node.get().name(), "HTTPURL", url)) {
            if (visit.tables().isEmpty()) {
                return List.of();
            }
            KeyCheckup checkup = new KeyCheckup(config, chain, endpoint);
            List<Address> keys = visit.read(checkup::keys);
            checkup.look(keys, visit.read(KeyCheckup::jobs), visit);
            return checkup.findings;
        } catch (DatabaseException | RpcException e) {
            return List.of();
        }
    }

    private List<Address> keys(Handle sql) {
        return sql.createQuery(
                        "SELECT address FROM carabiner.evm_key_states WHERE evm_chain_id = :chain AND NOT disabled")
                .bind("chain", new BigDecimal(chain.chainId().toString()))
                .map((row, context) -> Address.of(row.getBytes("address")))
                .list();
    }

    private static List<Job> jobs(Handle sql) {
        List<Job> jobs = new ArrayList<>();
        sql.createQuery("SELECT id, toml FROM carabiner.jobs WHERE type = 'directrequest' ORDER BY id")
                .map((row, context) -> Map.entry(row.getInt("id"), row.getString("toml")))
                .forEach(row -> {
                    Matcher contract = CONTRACT.matcher(row.getValue());
                    Matcher chainId = CHAIN_ID.matcher(row.getValue());
                    if (contract.find()) {
                        jobs.add(new Job(
                                row.getKey(),
                                contract.group(1),
                                chainId.find() ? Optional.of(chainId.group(1)) : Optional.empty()));
                    }
                });
        return jobs;
    }

    private void look(List<Address> keys, List<Job> jobs, DatabaseVisit visit) {
        if (keys.isEmpty()) {
            add(Finding.fail(
                    KEYS,
                    "chain " + chain.chainId(),
                    "there is no key that may send",
                    "carabiner keys eth create --evm-chain-id " + chain.chainId()));
        }
        for (Address key : keys) {
            balance(key);
            nonce(key, visit);
        }
        jobs.stream()
                .filter(job -> job.chainId().isEmpty()
                        || job.chainId().get().equals(chain.chainId().toString()))
                .forEach(job -> authorised(job, keys));
    }

    private void balance(Address key) {
        Optional<BigInteger> wei = quantity(RpcCall.of("eth_getBalance", key.toString(), "latest"));
        if (wei.isEmpty()) {
            return;
        }
        Wei least = config.carabiner()
                .chain(chain.chainId())
                .flatMap(CarabinerConfig.Chain::lowBalance)
                .orElse(LOW_BALANCE);
        String subject = Eip55.format(key);
        String what = "has " + inCoins(wei.get()) + " on chain " + chain.chainId();
        if (wei.get().signum() == 0) {
            add(Finding.fail(KEYS, subject, what, "send it the chain's native coin: it cannot answer"));
        } else if (wei.get().compareTo(least.amount()) < 0) {
            add(Finding.warn(KEYS, subject, what, "send it more of the chain's native coin"));
        } else {
            add(Finding.ok(KEYS, subject, what));
        }
    }

    private static String inCoins(BigInteger wei) {
        return new BigDecimal(wei, WEI_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Another program that sends from the key takes nonces that the node believes its own. */
    private void nonce(Address key, DatabaseVisit visit) {
        Optional<BigInteger> onChain = quantity(RpcCall.of("eth_getTransactionCount", key.toString(), "latest"));
        Optional<Long> ours = visit.read(
                sql -> sql.createQuery("SELECT max(nonce) + 1 FROM carabiner.txes WHERE evm_chain_id = :chain"
                                + " AND from_address = :key")
                        .bind("chain", new BigDecimal(chain.chainId().toString()))
                        .bind("key", key.toArray())
                        .mapTo(Long.class)
                        .findOne());
        if (onChain.isPresent() && ours.isPresent() && onChain.get().compareTo(BigInteger.valueOf(ours.get())) > 0) {
            add(Finding.warn(
                    KEYS,
                    Eip55.format(key),
                    "the chain has " + onChain.get() + " of its transactions, the node knows " + ours.get(),
                    "let nothing else send from this key: give it a key of its own"));
        }
    }

    private void authorised(Job job, List<Address> keys) {
        String subject = "job " + job.id() + " at " + job.contract();
        boolean silent = false;
        for (Address key : keys) {
            String data =
                    IS_SENDER + "0".repeat(24) + key.toString().substring(2).toLowerCase(Locale.ROOT);
            Optional<BigInteger> answer =
                    quantity(RpcCall.of("eth_call", Map.of("to", job.contract(), "data", data), "latest"));
            silent |= answer.isEmpty();
            if (answer.isPresent() && answer.get().signum() > 0) {
                add(Finding.ok(JOBS, subject, Eip55.format(key) + " may answer"));
                return;
            }
        }
        if (silent) {
            add(Finding.warn(
                    JOBS,
                    subject,
                    "the contract does not say who may answer",
                    "check contractAddress: an Operator answers isAuthorizedSender"));
        } else if (!keys.isEmpty()) {
            add(Finding.fail(
                    JOBS,
                    subject,
                    "none of this node's keys may answer there",
                    "the contract's owner calls setAuthorizedSenders with the node's addresses"));
        }
    }

    /** A number; empty if the endpoint or the contract says none. */
    private Optional<BigInteger> quantity(RpcCall call) {
        return endpoint.ask(call) instanceof RpcReply.Result(JsonNode value)
                        && value.asString("").matches("0x[0-9a-fA-F]+")
                ? Optional.of(new BigInteger(value.asString("").substring(2), 16))
                : Optional.empty();
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
