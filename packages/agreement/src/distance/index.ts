export {
  type SetDistanceName,
  type SetSizes,
  setDistance,
  masiDistance,
  passonneauDistance,
  jaccardDistance,
  diceDistance,
} from './set-distance.ts';
