package io.carabiner.guards;

import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A transaction that wants to be sent.
 *
 * @param id of its row
 * @param job for which it is, where a job sends it
 * @param request which it answers, where it answers one
 * @param cost in wei: the most it can cost at the price it would be signed with
 */
record Candidate(long id, Address key, OptionalInt job, Optional<RequestFacts.Request> request, BigInteger cost) {

    /** In whose names it spends. */
    List<Spender> spenders() {
        return Stream.of(
                        Stream.of(new Spender(Spender.Kind.KEY, key.toString())),
                        job.stream().mapToObj(id -> new Spender(Spender.Kind.JOB, Integer.toString(id))),
                        request.stream()
                                .map(one -> new Spender(
                                        Spender.Kind.REQUESTER, one.requester().toString())))
                .flatMap(each -> each)
                .toList();
    }
}
