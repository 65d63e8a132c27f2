using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Transfer;

/// <summary>
/// Gives the document's experiments and rules the layers' buckets that it says are theirs, all at once, before any split takes free ones:
/// so nobody takes what belongs to one that is planned later.
/// </summary>
internal sealed class ClaimSeeds(PlannedState planned, ApplyOptions options)
{
    /// <param name="owners">Of the document.</param>
    /// <param name="known">Ids of everything of the document that may hold claims by now, also of rules that go.</param>
    public void Plant(IReadOnlyList<ClaimOwner> owners, IReadOnlySet<Guid> known)
    {
        ILookup<Guid, ClaimOwner> byLayer = owners.ToLookup(static owner => owner.Layer.Id);
        foreach (LayerDefinition layer in planned.Layers.All.ToArray())
        {
            LayerDefinition seeded = layer with { Claims = [.. layer.Claims.Where(claim => !known.Contains(claim.OwnerId))] };
            BucketSet taken = BucketSet.Everybody.Except(seeded.Free());
            bool isNew = layer.Sequence == 0;
            foreach (ClaimOwner owner in byLayer[layer.Id].Where(owner => IsExplicit(owner, isNew)))
            {
                string path = $"{owner.Path}.claim";
                BucketSet claim = EntryParts.SetOf(path, owner.Claim!);
                CheckFree(path, claim, taken, seeded);
                taken = taken.Union(claim);
                seeded = seeded.WithClaim(owner.Id, owner.Key, claim);
            }

            foreach (ClaimOwner owner in byLayer[layer.Id].Where(owner => !IsExplicit(owner, isNew)))
            {
                BucketSet kept = SplitStages.HeldBy(layer, owner.Id).Except(taken);
                taken = taken.Union(kept);
                seeded = seeded.WithClaim(owner.Id, owner.Key, kept);
            }

            planned.Layers.Put(seeded);
        }
    }

    /// <summary>Layers whose claims are the stored ones, in whatever order, are left as they are.</summary>
    public void Settle()
    {
        foreach (LayerDefinition stored in planned.Layers.Stored)
        {
            if (planned.Layers.Find(stored.Id) is not { } layer)
            {
                continue;
            }

            Dictionary<Guid, int> order = stored.Claims.Index().ToDictionary(static claim => claim.Item.OwnerId, static claim => claim.Index);
            LayerClaimDefinition[] claims = [.. layer.Claims.OrderBy(claim => order.GetValueOrDefault(claim.OwnerId, int.MaxValue))];
            planned.Layers.Put(layer.Salt == stored.Salt && layer.Unit == stored.Unit && claims.SequenceEqual(stored.Claims)
                ? stored
                : layer with { Claims = claims });
        }
    }

    private bool IsExplicit(ClaimOwner owner, bool isNew) => owner.Claim is not null && (isNew || !options.KeepsAssignments);

    private static void CheckFree(string path, BucketSet claim, BucketSet taken, LayerDefinition layer)
    {
        if (claim.Intersect(taken).Count == 0)
        {
            return;
        }

        LayerClaimDefinition holder = layer.Claims.First(one => SplitStages.HeldBy(layer, one.OwnerId).Intersect(claim).Count > 0);
        BucketRange shared = SplitStages.HeldBy(layer, holder.OwnerId).Intersect(claim).ToRanges()[0];
        throw TransferRefusedException.NotAllowed(
            path, $"buckets {shared.Start}..{shared.Last} of layer \"{layer.Name}\" are held by \"{holder.Key}\".");
    }
}
