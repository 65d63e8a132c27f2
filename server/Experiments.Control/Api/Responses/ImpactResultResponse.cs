using Experiments.Control.Explaining;

namespace Experiments.Control.Api.Responses;

/// <summary>How many decisions a publish would change.</summary>
/// <param name="Contexts">How many were decided for.</param>
/// <param name="Changed">Decisions that would be others, of all flags and experiments.</param>
/// <param name="From">Version of the live snapshot; null where nothing is published.</param>
/// <param name="Flags">The flags and experiments of which any would be another, by key.</param>
internal sealed record ImpactResultResponse(int Contexts, long Changed, long? From, IReadOnlyList<ImpactFlagResponse> Flags)
{
    public static ImpactResultResponse Of(ImpactCount count)
    {
        ImpactFlagResponse[] flags = [.. count.Changed.Select(ImpactFlagResponse.From)];
        return new ImpactResultResponse(count.ContextCount, flags.Sum(static flag => flag.Changed), count.FromVersion, flags);
    }
}
