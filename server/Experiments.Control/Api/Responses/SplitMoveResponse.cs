namespace Experiments.Control.Api.Responses;

/// <summary>Users who would be moved.</summary>
internal sealed record SplitMoveResponse(string? From, string? To, decimal Share);
