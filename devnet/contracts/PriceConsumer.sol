// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import "@chainlink/contracts/src/v0.8/ChainlinkClient.sol";

/// @title A contract that asks an oracle for one number at a time and keeps every answer.
/// @notice For development chains: whoever calls it spends its LINK, so it holds none that is worth anything.
contract PriceConsumer is ChainlinkClient {
  using Chainlink for Chainlink.Request;

  struct Answer {
    bool given;
    uint256 value;
  }

  /// @notice The newest answer.
  uint256 public latestAnswer;

  /// @notice How many answers have come. A second answer to one request is impossible: it would revert.
  uint256 public answerCount;

  mapping(bytes32 => Answer) private s_answers;

  event Asked(bytes32 indexed requestId, string url, string path, int256 times);
  event Answered(bytes32 indexed requestId, uint256 value);

  constructor(address linkToken) {
    setChainlinkToken(linkToken);
  }

  /// @notice Asks for the number at `path` of the JSON behind `url`, multiplied by `times`.
  /// @param operator the oracle's Operator contract
  /// @param jobId the job's external id: its 32 hex digits as text
  /// @param payment in juels, out of this contract's own LINK
  function ask(
    address operator,
    bytes32 jobId,
    uint256 payment,
    string calldata url,
    string calldata path,
    int256 times
  ) external returns (bytes32 requestId) {
    Chainlink.Request memory request = buildOperatorRequest(jobId, this.fulfill.selector);
    request.add("get", url);
    request.add("path", path);
    request.addInt("times", times);
    requestId = sendOperatorRequestTo(operator, request, payment);
    emit Asked(requestId, url, path, times);
  }

  /// @notice Called by the Operator that was asked, once a request.
  function fulfill(bytes32 requestId, uint256 value) external recordChainlinkFulfillment(requestId) {
    s_answers[requestId] = Answer(true, value);
    latestAnswer = value;
    answerCount++;
    emit Answered(requestId, value);
  }

  /// @notice Whether a request is answered, and with what.
  function answerOf(bytes32 requestId) external view returns (bool given, uint256 value) {
    Answer storage answer = s_answers[requestId];
    return (answer.given, answer.value);
  }
}
