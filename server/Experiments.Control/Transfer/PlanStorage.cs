using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>Writes what a plan changes: first what others name, and last what nobody names any more.</summary>
internal sealed class PlanStorage(IStoreWriter writer, DateTimeOffset now)
{
    public async ValueTask WriteAsync(PlannedState planned)
    {
        await WriteAsync(planned.Audiences, one => one with { UpdatedAt = now });
        await WriteAsync(planned.Layers, one => one with { UpdatedAt = now });
        await WriteAsync(planned.Holdouts, one => one with { UpdatedAt = now });
        await WriteAsync(planned.Experiments, one => one with { UpdatedAt = now });
        await WriteAsync(planned.Flags, one => one with { UpdatedAt = now });
        await DeleteAsync(planned.Audiences);
        await DeleteAsync(planned.Layers);
        await DeleteAsync(planned.Holdouts);
    }

    private async ValueTask WriteAsync<T>(PlannedSet<T> set, Func<T, T> updated)
        where T : class, IDefinition
    {
        Dictionary<Guid, T> stored = set.Stored.ToDictionary(static one => one.Id);
        foreach (T wanted in set.All)
        {
            bool isStored = !stored.TryGetValue(wanted.Id, out T? present)
                ? await writer.InsertAsync(wanted) is not null
                : ReferenceEquals(present, wanted) || await writer.UpdateAsync(updated(wanted)) is not null;
            if (!isStored)
            {
                throw new InvalidOperationException("A name is taken that nothing in the environment had when the plan was made.");
            }
        }
    }

    private async ValueTask DeleteAsync<T>(PlannedSet<T> set)
        where T : class, IDefinition
    {
        foreach (T unwanted in set.Stored.Where(one => set.Find(one.Id) is null))
        {
            await writer.DeleteAsync(unwanted);
        }
    }
}
