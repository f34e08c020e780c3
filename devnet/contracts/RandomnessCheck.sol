// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.19;

import {VRF} from "@chainlink/contracts/src/v0.8/vrf/VRF.sol";

/// Takes the calls that answer requests for randomness, verifies their proofs as the coordinators do, and returns what
/// they say. For tests: it knows no requests, so whoever calls says the hash of the request's block.
contract RandomnessCheck is VRF {
  struct CommitmentV2 {
    uint64 blockNum;
    uint64 subId;
    uint32 callbackGasLimit;
    uint32 numWords;
    address sender;
  }

  struct CommitmentV2Plus {
    uint64 blockNum;
    uint256 subId;
    uint32 callbackGasLimit;
    uint32 numWords;
    address sender;
    bytes extraArgs;
  }

  bytes32 public immutable blockHash;

  constructor(bytes32 hash) {
    blockHash = hash;
  }

  /// The argument of the first coordinator's function.
  function fulfillRandomnessRequest(bytes calldata data) external view returns (uint256 output, uint256 blockNum) {
    require(data.length == 448, "wrong proof length");
    Proof memory proof;
    (proof, blockNum) = abi.decode(data, (Proof, uint256));
    output = outputOf(proof);
  }

  function fulfillRandomWords(
    Proof memory proof,
    CommitmentV2 calldata rc
  ) external view returns (uint256 output, bytes memory commitment) {
    commitment = abi.encode(rc.blockNum, rc.subId, rc.callbackGasLimit, rc.numWords, rc.sender);
    output = outputOf(proof);
  }

  function fulfillRandomWords(
    Proof memory proof,
    CommitmentV2Plus calldata rc,
    bool onlyPremium
  ) external view returns (uint256 output, bytes memory commitment) {
    require(!onlyPremium, "only premium");
    commitment = abi.encode(rc.blockNum, rc.subId, rc.callbackGasLimit, rc.numWords, rc.sender, rc.extraArgs);
    output = outputOf(proof);
  }

  function outputOf(Proof memory proof) private view returns (uint256) {
    return randomValueFromVRFProof(proof, uint256(keccak256(abi.encodePacked(proof.seed, blockHash))));
  }
}
