namespace Experiments.Client.Decisions;

/// <summary>What decisions depend on beside snapshot, user and attributes.</summary>
internal sealed class DecisionSurroundings(TimeProvider time, IStickyStore? stickyStore = null)
{
    /// <summary>The machine's clock and no store.</summary>
    public static DecisionSurroundings Default { get; } = new(TimeProvider.System);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Null where there is none.</summary>
    public string? FindSticky(string userKey, string entry)
    {
        if (stickyStore is null)
        {
            return null;
        }

        try
        {
            return stickyStore.Find(userKey, entry);
        }
#pragma warning disable CA1031 // Deciding never throws because of what is behind it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
