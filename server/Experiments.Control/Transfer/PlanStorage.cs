using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>Writes what a plan changes: first what others name, and last what nobody names any more.</summary>
internal sealed class PlanStorage(IStoreWriter writer, DateTimeOffset now)
{
    public async ValueTask WriteAsync(PlannedState planned)
    {
        await WriteAsync(planned.Audiences, async one => await writer.InsertAsync(one), async one => await writer.UpdateAsync(one with { UpdatedAt = now }));
        await WriteAsync(planned.Layers, async one => await writer.InsertAsync(one), async one => await writer.UpdateAsync(one with { UpdatedAt = now }));
        await WriteAsync(planned.Holdouts, async one => await writer.InsertAsync(one), async one => await writer.UpdateAsync(one with { UpdatedAt = now }));
        await WriteAsync(planned.Experiments, async one => await writer.InsertAsync(one), async one => await writer.UpdateAsync(one with { UpdatedAt = now }));
        await WriteAsync(planned.Flags, async one => await writer.InsertAsync(one), async one => await writer.UpdateAsync(one with { UpdatedAt = now }));
        foreach (AudienceDefinition audience in planned.Audiences.Stored.Where(one => planned.Audiences.Find(one.Id) is null))
        {
            await writer.DeleteAsync(audience);
        }

        foreach (LayerDefinition layer in planned.Layers.Stored.Where(one => planned.Layers.Find(one.Id) is null))
        {
            await writer.DeleteAsync(layer);
        }

        foreach (HoldoutDefinition holdout in planned.Holdouts.Stored.Where(one => planned.Holdouts.Find(one.Id) is null))
        {
            await writer.DeleteAsync(holdout);
        }
    }

    private static async ValueTask WriteAsync<T>(PlannedSet<T> set, Func<T, ValueTask<T?>> insert, Func<T, ValueTask<T?>> update)
        where T : class, IDefinition
    {
        Dictionary<Guid, T> stored = set.Stored.ToDictionary(static one => one.Id);
        foreach (T wanted in set.All)
        {
            bool isStored = !stored.TryGetValue(wanted.Id, out T? present)
                ? await insert(wanted) is not null
                : ReferenceEquals(present, wanted) || await update(wanted) is not null;
            if (!isStored)
            {
                throw new InvalidOperationException("A name is taken that nothing in the environment had when the plan was made.");
            }
        }
    }
}
