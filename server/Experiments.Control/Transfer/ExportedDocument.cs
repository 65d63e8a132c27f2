namespace Experiments.Control.Transfer;

/// <summary>An environment as a document.</summary>
/// <param name="Document">All of it.</param>
/// <param name="ETag">Of its state.</param>
internal sealed record ExportedDocument(TransferDocument Document, string ETag);
