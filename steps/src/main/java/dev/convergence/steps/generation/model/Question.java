package dev.convergence.steps.generation.model;

/// What a model is asked.
///
/// @param instructions who it is to be, and how it is to answer
/// @param text what it is to do now
/// @param json whether the answer is to be one JSON object; a vendor that can promise that does
public record Question(String instructions, String text, boolean json) {}
